import type { AgentDetail, AgentSample, ProcSample, SessionDump, SessionEvent, SessionProcess } from '@heaptrail/core';
import type { DumpFrame, HelloFrame } from '../agent-host/frame.ts';
import { number, object, parseFrame, textOrUndefined } from '../agent-host/parse-frame.ts';
import { reasonOf } from '../errors/reason-of.ts';
import { linesUnreadable } from './lines-unreadable.ts';
import { readDump } from './read-dump.ts';
import { readJsonLines } from './read-json-lines.ts';
import { sessionPaths } from './session-paths.ts';

const DESCRIPTOR_KINDS = ['file', 'socket', 'pipe', 'anon', 'other'] as const;

export type ReadProcess = { readonly ok: true; readonly value: SessionProcess } | { readonly ok: false; readonly reason: string };

/** Reads the folder of one process. Frames are believed no more than on the socket; paths in them are not used at all. */
export async function readProcess(folder: string, id: string): Promise<ReadProcess> {
  let lines;
  try {
    lines = await readJsonLines(sessionPaths.frames(folder));
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
  let hello: HelloFrame | undefined;
  let gone: SessionProcess['gone'];
  const samples: AgentSample[] = [];
  const proc: ProcSample[] = [];
  const details: AgentDetail[] = [];
  const events: SessionEvent[] = [];
  const dumpBySequence = new Map<number, DumpFrame>();
  for (const line of lines.values) {
    if (line.t === 'proc') proc.push(parseProc(line));
    else if (line.t === 'gone')
      gone = {
        atMs: number(line.atMs),
        exitCode: typeof line.exitCode === 'number' ? line.exitCode : null,
        signal: textOrUndefined(line.signal) ?? null,
      };
    else if (line.t === 'thinned') dumpBySequence.delete(number(line.sequence));
    const frame = parseFrame(line);
    switch (frame?.t) {
      case 'hello':
        hello ??= frame;
        break;
      case 'sample': {
        const { t: _t, ...sample } = frame;
        samples.push(sample);
        break;
      }
      case 'detail': {
        const { t: _t, ...detail } = frame;
        details.push(detail);
        break;
      }
      case 'event':
        events.push({ atMs: frame.atMs, code: frame.code, text: frame.text });
        break;
      case 'dump':
        dumpBySequence.set(frame.sequence, frame);
        break;
      case 'bye':
      case undefined:
        break;
    }
  }
  if (hello === undefined) return { ok: false, reason: 'its first frame is missing' };
  if (lines.unreadableLines > 0) events.push(linesUnreadable(hello.startedAtMs, `${id}/frames.jsonl`, lines.unreadableLines));
  const dumps = [...dumpBySequence.values()].sort((a, b) => a.sequence - b.sequence).map((frame) => sessionDump(folder, frame));
  return {
    ok: true,
    value: {
      id,
      pid: hello.pid,
      ppid: hello.ppid,
      script: hello.script,
      reason: hello.reason,
      runtime: hello.runtime,
      startedAtMs: hello.startedAtMs,
      foreignTracing: hello.tracing,
      samples,
      proc,
      details,
      dumps,
      events,
      gone,
    },
  };
}

function sessionDump(folder: string, { t: _t, ...dump }: DumpFrame): SessionDump {
  const path = sessionPaths.dump(folder, dump.sequence);
  return { ...dump, read: () => readDump(path) };
}

function parseProc(line: Readonly<Record<string, unknown>>): ProcSample {
  const counts = object(line.fds);
  const fds: Record<string, number> = {};
  for (const kind of DESCRIPTOR_KINDS) if (typeof counts[kind] === 'number') fds[kind] = number(counts[kind]);
  return {
    atMs: number(line.atMs),
    rssBytes: number(line.rssBytes),
    vmsBytes: number(line.vmsBytes),
    osThreads: number(line.osThreads),
    fds,
    ...(typeof line.pssBytes === 'number' && { pssBytes: number(line.pssBytes) }),
    ...(typeof line.ussBytes === 'number' && { ussBytes: number(line.ussBytes) }),
  };
}
