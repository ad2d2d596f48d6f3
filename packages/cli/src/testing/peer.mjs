// Stands in for an agent: speaks protocol/frames.md as the scenario of its first argument says, for as many milliseconds as the second says.
// Started as the command of `heaptrail run`, so that the host meets a real process on a real socket.
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';

const [scenario = 'steady', lifetimeMs = '1500'] = process.argv.slice(2);
const socket = connect(process.env.HEAPTRAIL_SOCKET);
const send = (frame) => socket.write(`${JSON.stringify(frame)}\n`);
const hello = {
  t: 'hello',
  v: 1,
  pid: process.pid,
  ppid: process.ppid,
  reason: 'start',
  runtime: { name: 'cpython', version: '3.11.7' },
  script: 'peer.py',
  startedAtMs: Date.now(),
  agent: '0',
  tracing: false,
  bits: 64,
};
let samples = 0;
const sample = () =>
  send({
    t: 'sample',
    atMs: Date.now(),
    blocks: 1000,
    modules: 40,
    threads: 1,
    tasks: null,
    finalizers: scenario === 'growing' ? samples++ : 0,
    garbage: 0,
    gcCollections: [0, 0, 0],
    gcCollected: 0,
    gcUncollectable: 0,
    gcPauses: 0,
    gcPauseMs: 0,
    gcMaxPauseMs: 0,
    tracing: false,
    tracedBytes: null,
    agentCpuMs: 1,
    intervalMs: 100,
    dropped: 0,
  });

const openings = {
  'long-line': () => socket.write('x'.repeat(300 * 1024)),
  'long-line-after-hello': () => (send(hello), socket.write('x'.repeat(300 * 1024))),
  'no-json': () => socket.write('\x00\xff\x1b]0;owned\x07\n'),
  'wrong-version': () => send({ ...hello, v: 99 }),
  'strange-fields': () => {
    send({ ...hello, script: 'a\x1b[31mb\u202e', runtime: null, startedAtMs: 'soon' });
    send({ t: 'sample', atMs: {}, blocks: -1, gcCollections: 'no', threads: [] });
    send({ t: 'detail', atMs: 1, threads: [{ stack: [['f']], count: 'many' }, null], tasks: 7 });
    send({ t: 'gone', atMs: 1 });
    send({ t: 'dump', sequence: 77, status: 'done', path: '/etc/passwd' });
    send({ t: 'unheard-of' });
    socket.write('[]\n');
  },
};
(openings[scenario] ?? (() => send(hello)))();

let pending = '';
socket.on('data', (chunk) => {
  const lines = (pending + chunk).split('\n');
  pending = lines.pop();
  for (const line of lines) obey(JSON.parse(line));
});
socket.on('error', () => undefined);
const beat = setInterval(sample, 100);

function obey(command) {
  console.log(JSON.stringify(command));
  if (command.c === 'quiet') {
    clearInterval(beat);
    socket.end();
  }
  if (command.c !== 'dump' || scenario === 'never-dumps') return;
  writeFileSync(command.path, 'HTHEAP1\nnot a heap');
  send({
    t: 'dump',
    sequence: command.sequence,
    status: 'done',
    path: '/etc/passwd',
    pauseMs: 1,
    childCpuMs: 10,
    wallMs: 12,
    mode: 'forked-child',
    atMs: Date.now(),
    code: null,
    text: null,
  });
}

setTimeout(() => {
  if (!socket.destroyed) send({ t: 'bye', reason: 'exit' });
  socket.end(() => process.exit(0));
  setTimeout(() => process.exit(0), 200);
}, Number(lifetimeMs));
