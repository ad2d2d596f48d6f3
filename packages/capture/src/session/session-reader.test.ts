import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSession } from './session-reader.ts';
import { SessionWriter } from './session-writer.ts';

const HELLO = {
  t: 'hello',
  v: 1,
  pid: 7,
  ppid: 1,
  reason: 'start',
  runtime: { name: 'cpython', version: '3.11.7' },
  script: 'app.py',
  startedAtMs: 5,
  tracing: false,
};
const DUMP = {
  t: 'dump',
  sequence: 1,
  status: 'done',
  path: '/etc/passwd',
  pauseMs: 1,
  childCpuMs: 2,
  wallMs: 3,
  mode: 'forked-child',
  atMs: 9,
};

describe('readSession', () => {
  let folder: string;
  let writer: SessionWriter;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'ht-')), 's');
    writer = new SessionWriter(folder, {
      schema: 'heaptrail-session/1',
      tool: { name: 'heaptrail', version: '0' },
      command: ['python', 'app.py'],
      startedAt: '2026-11-21T10:00:00.000Z',
      options: {},
    });
  });
  afterEach(() => {
    writer.close();
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  it('reads back what was written', async () => {
    const process = writer.process(7);
    process.frame(HELLO);
    process.proc({ atMs: 6, rssBytes: 1, vmsBytes: 2, osThreads: 3, fds: { file: 4 } });
    process.frame(DUMP);
    writeFileSync(process.dumpPath(1), 'heap');
    process.gone(10, { exitCode: null, signal: 'SIGKILL' });
    writer.event('HEAPTRAIL_X', 'text', 3);
    writer.exit(0, null, 11);
    writer.end(10);
    const session = await readSession(folder);
    expect(session).toMatchObject({
      command: ['python', 'app.py'],
      endedAtMs: 10,
      exit: { exitCode: 0, signal: null },
      events: [{ code: 'HEAPTRAIL_X' }],
    });
    const read = session.processes[0];
    expect(read).toMatchObject({ id: '7-1', pid: 7, proc: [{ rssBytes: 1, fds: { file: 4 } }], gone: { signal: 'SIGKILL' } });
    expect(Buffer.from(await read.dumps[0].read()).toString()).toBe('heap');
  });

  it('leaves out the end of the command when it came after the observation', async () => {
    writer.end(10);
    writer.exit(1, null, 11);
    expect((await readSession(folder)).exit).toBeUndefined();
  });

  it('reads a session at whatever byte a crash cut its files', async () => {
    const process = writer.process(7);
    process.frame(HELLO);
    process.frame({ t: 'event', atMs: 1, code: 'HEAPTRAIL_Y', text: 'ü' });
    const path = join(folder, 'processes', '7-1', 'frames.jsonl');
    const whole = JSON.stringify(HELLO).length + 1;
    for (let size = whole + 60; size >= 0; size -= 7) {
      truncateSync(path, size);
      const session = await readSession(folder);
      expect(session.processes.length).toBe(size >= whole ? 1 : 0);
      expect(session.endedAtMs).toBeUndefined();
    }
  });

  it('counts lines that are whole and no objects, and says so', async () => {
    const process = writer.process(7);
    process.frame(HELLO);
    writeFileSync(join(folder, 'processes', '7-1', 'frames.jsonl'), `[1]\n\xff\n${'{'.repeat(2_000_000)}\n`, { flag: 'a' });
    expect((await readSession(folder)).processes[0].events).toMatchObject([
      { code: 'HEAPTRAIL_LINES_UNREADABLE', text: '3 lines of 7-1/frames.jsonl left out: not whole' },
    ]);
  });

  it('leaves out dumps that were thinned', async () => {
    const process = writer.process(7);
    for (const frame of [HELLO, DUMP, { ...DUMP, sequence: 2 }]) process.frame(frame);
    process.thin(1);
    expect((await readSession(folder)).processes[0].dumps.map((dump) => dump.sequence)).toEqual([2]);
  });

  it.each([
    ['no session at all', (at: string) => rmSync(join(at, 'session.json')), 'HEAPTRAIL_SESSION_UNREADABLE'],
    ['a header that is no JSON', (at: string) => writeFileSync(join(at, 'session.json'), 'hello'), 'HEAPTRAIL_SESSION_FOREIGN'],
    [
      'a later version',
      (at: string) => writeFileSync(join(at, 'session.json'), '{"schema":"heaptrail-session/2"}'),
      'HEAPTRAIL_SESSION_FOREIGN',
    ],
    ['a header of gigabytes', (at: string) => truncateSync(join(at, 'session.json'), 2 ** 33), 'HEAPTRAIL_SESSION_UNREADABLE'],
    ['a link in place of the header', (at: string) => link(join(at, 'session.json')), 'HEAPTRAIL_SESSION_UNREADABLE'],
  ])('refuses %s', async (_name, spoil, code) => {
    spoil(folder);
    await expect(readSession(folder)).rejects.toMatchObject({ code });
  });

  it('does not follow links, wait for pipes or open what is no process', async () => {
    writer.process(7).frame(HELLO);
    writer.process(8).frame({ ...HELLO, pid: 8 });
    writer.process(9).frame({ ...HELLO, pid: 9 });
    link(join(folder, 'processes', '8-1', 'frames.jsonl'));
    rmSync(join(folder, 'processes', '9-1', 'frames.jsonl'));
    execFileSync('mkfifo', [join(folder, 'processes', '9-1', 'frames.jsonl')]);
    mkdirSync(join(folder, 'processes', 'other'));
    const session = await readSession(folder);
    expect(session.processes.map((process) => process.pid)).toEqual([7]);
    expect(session.events.map((event) => event.code)).toEqual(['HEAPTRAIL_PROCESS_UNREADABLE', 'HEAPTRAIL_PROCESS_UNREADABLE']);
  });

  it('rejects when a dump is missing, a link or too large, with a code', async () => {
    const process = writer.process(7);
    for (const frame of [HELLO, DUMP, { ...DUMP, sequence: 2 }, { ...DUMP, sequence: 3 }]) process.frame(frame);
    symlinkSync('/etc/passwd', process.dumpPath(2));
    writeFileSync(process.dumpPath(3), '');
    truncateSync(process.dumpPath(3), 2 ** 33);
    for (const dump of (await readSession(folder)).processes[0].dumps)
      await expect(dump.read()).rejects.toMatchObject({ code: 'HEAPTRAIL_DUMP_UNREADABLE' });
  });
});

function link(path: string): void {
  rmSync(path);
  symlinkSync('/etc/passwd', path);
}
