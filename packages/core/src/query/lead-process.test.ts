import { describe, expect, it } from 'vitest';
import { inOrderOfInterest } from './lead-process.ts';
import type { Session, SessionProcess } from './session.ts';

const process = (pid: number, ppid: number, script: string, startedAtMs: number, goneAtMs?: number): SessionProcess => ({
  id: `${pid}-1`,
  pid,
  ppid,
  script,
  reason: 'start',
  runtime: { name: 'cpython', version: '3.11.7' },
  startedAtMs,
  foreignTracing: false,
  samples: [],
  proc: [],
  details: [],
  dumps: [],
  events: [],
  gone: goneAtMs === undefined ? undefined : { atMs: goneAtMs, exitCode: 0, signal: null },
});

const order = (...processes: SessionProcess[]): number[] => {
  const session: Session = {
    schema: 'heaptrail-session/1',
    command: ['x'],
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAtMs: 60_000,
    exit: undefined,
    events: [],
    processes,
  };
  return inOrderOfInterest(session).map((each) => each.pid);
};

describe('the process that leads a report', () => {
  it('is the longest-lived', () => {
    expect(order(process(1, 0, 'app.py', 0, 5000), process(2, 0, 'app.py', 1000))).toEqual([2, 1]);
  });

  it('is a worker, not the launcher that started it', () => {
    expect(order(process(1, 0, 'gunicorn', 0), process(2, 1, 'gunicorn', 2000))).toEqual([2, 1]);
  });

  it('is the server itself where it has no workers', () => {
    expect(order(process(1, 0, 'uvicorn', 0), process(2, 9, 'job.py', 30_000))).toEqual([1, 2]);
  });
});
