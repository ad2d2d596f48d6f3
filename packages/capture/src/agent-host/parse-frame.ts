import type { AgentDetail } from '@heaptrail/core';
import type { AgentFrame } from './frame.ts';

type Raw = Readonly<Record<string, unknown>>;

const MAX_ENTRIES = 5000;
const MAX_TEXT = 2000;

/**
 * Turns one JSON object of a peer into a frame, or undefined when its kind is not known or its key fields are missing. Lenient: a missing figure is 0 or null.
 * Texts lose control characters, so that no peer can speak to a terminal through a report.
 */
export function parseFrame(raw: Raw): AgentFrame | undefined {
  switch (raw.t) {
    case 'hello': {
      const pid = integer(raw.pid);
      if (pid <= 0) return undefined;
      const runtime = object(raw.runtime);
      return {
        t: 'hello',
        version: integer(raw.v),
        pid,
        ppid: integer(raw.ppid),
        reason: raw.reason === 'fork' ? 'fork' : 'start',
        runtime: { name: text(runtime.name), version: text(runtime.version) },
        script: text(raw.script),
        startedAtMs: number(raw.startedAtMs),
        tracing: raw.tracing === true,
      };
    }
    case 'sample':
      return {
        t: 'sample',
        atMs: number(raw.atMs),
        blocks: number(raw.blocks),
        modules: number(raw.modules),
        threads: number(raw.threads),
        tasks: numberOrNull(raw.tasks),
        finalizers: numberOrNull(raw.finalizers),
        garbage: number(raw.garbage),
        gcCollections: list(raw.gcCollections).map(number),
        gcCollected: number(raw.gcCollected),
        gcUncollectable: number(raw.gcUncollectable),
        gcPauses: number(raw.gcPauses),
        gcPauseMs: number(raw.gcPauseMs),
        gcMaxPauseMs: number(raw.gcMaxPauseMs),
        tracing: raw.tracing === true,
        tracedBytes: numberOrNull(raw.tracedBytes),
        tracingBytes: numberOrNull(raw.tracingBytes),
        agentCpuMs: number(raw.agentCpuMs),
        intervalMs: number(raw.intervalMs),
        dropped: number(raw.dropped),
      };
    case 'detail':
      return { t: 'detail', ...parseDetail(raw) };
    case 'dump': {
      const sequence = integer(raw.sequence);
      if (sequence <= 0) return undefined;
      return {
        t: 'dump',
        sequence,
        status: raw.status === 'done' ? 'done' : 'failed',
        atMs: number(raw.atMs),
        pauseMs: number(raw.pauseMs),
        childCpuMs: number(raw.childCpuMs),
        wallMs: number(raw.wallMs),
        mode: raw.mode === 'in-process' ? 'in-process' : 'forked-child',
        code: textOrUndefined(raw.code),
        text: textOrUndefined(raw.text),
      };
    }
    case 'event':
      return { t: 'event', atMs: number(raw.atMs), code: text(raw.code), text: text(raw.text) };
    case 'bye':
      return { t: 'bye', reason: raw.reason === 'exec' ? 'exec' : 'exit' };
    default:
      return undefined;
  }
}

function parseDetail(raw: Raw): AgentDetail {
  return {
    atMs: number(raw.atMs),
    partial: raw.partial === true,
    threads: objects(raw.threads).map((entry) => ({ stack: list(entry.stack).map(stackFrame), count: integer(entry.count) })),
    tasks: objects(raw.tasks).map((entry) => ({
      coroutine: text(entry.coroutine),
      file: text(entry.file),
      line: integer(entry.line),
      count: integer(entry.count),
    })),
    finalizers: objects(raw.finalizers).map((entry) => ({
      callback: text(entry.callback),
      file: text(entry.file),
      line: integer(entry.line),
      count: integer(entry.count),
    })),
  };
}

function stackFrame(value: unknown): readonly [string, string, number] {
  const [name, file, line] = list(value);
  return [text(name), text(file), integer(line)];
}

export function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function integer(value: unknown): number {
  return Number.isSafeInteger(value) ? (value as number) : 0;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT).replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd') : '';
}

export function textOrUndefined(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? text(value) : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_ENTRIES) : [];
}

export function object(value: unknown): Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {};
}

function objects(value: unknown): readonly Raw[] {
  return list(value).map(object);
}
