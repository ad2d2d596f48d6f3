import type { Target } from '../report/index.ts';
import { lastSeenMs } from './lead-process.ts';
import type { Session, SessionProcess } from './session.ts';

/** What was observed. Only the first process of a session ends with the command's own exit code; others with theirs, where it was seen. */
export function targetOf(session: Session, process: SessionProcess): Target {
  const ended = process.gone ?? (process === session.processes[0] ? session.exit : undefined);
  return {
    command: [...session.command],
    pid: process.pid,
    runtime: { ...process.runtime },
    startedAt: new Date(process.startedAtMs).toISOString(),
    observedMs: Math.max(0, Math.round(lastSeenMs(session, process) - process.startedAtMs)),
    exitCode: ended?.exitCode ?? null,
    signal: ended?.signal ?? null,
  };
}
