import type { Session, SessionProcess } from './session.ts';

/** Programs that only start others. */
const LAUNCHERS = /^(-m )?(gunicorn|uvicorn|hypercorn|daphne|celery|supervisord|honcho|pip|pipx|poetry|uv|npm|npx|pytest-xdist)(\.py)?$/;
/** Processes that the language's own library starts for itself. */
const SERVICE = /resource_tracker|forkserver|semaphore_tracker/;

/** The processes of a session, the one whose report leads first: the longest-lived that runs user code. */
export function inOrderOfInterest(session: Session): readonly SessionProcess[] {
  const parents = new Set(session.processes.map((process) => process.ppid));
  const rank = (process: SessionProcess): number =>
    SERVICE.test(process.script) ? 2 : LAUNCHERS.test(process.script) && parents.has(process.pid) ? 1 : 0;
  return [...session.processes].sort(
    (a, b) => rank(a) - rank(b) || livedMs(session, b) - livedMs(session, a) || a.startedAtMs - b.startedAtMs || a.pid - b.pid,
  );
}

/** How long a process was seen, in milliseconds, to the second: so that two that ended together rank by their start. */
function livedMs(session: Session, process: SessionProcess): number {
  return Math.round((lastSeenMs(session, process) - process.startedAtMs) / 1000) * 1000;
}

export function lastSeenMs(session: Session, process: SessionProcess): number {
  const last = Math.max(
    process.samples.at(-1)?.atMs ?? 0,
    process.proc.at(-1)?.atMs ?? 0,
    process.dumps.at(-1)?.atMs ?? 0,
    process.startedAtMs,
  );
  return Math.min(process.gone?.atMs ?? Infinity, session.endedAtMs ?? Infinity, Math.max(last, session.endedAtMs ?? last));
}
