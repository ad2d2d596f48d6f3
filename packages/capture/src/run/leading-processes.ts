import type { HelloFrame } from '../agent-host/frame.ts';

const MOST_LEADING = 4;
const LEAST_AGE_MS = 2000;
const LAUNCHER = /^(-m )?(pip|gunicorn|uvicorn|hypercorn|celery|supervisord|npm|poetry|pipenv|hatch|tox|nox)(\.py)?$/;

export interface Candidate {
  readonly hello: Pick<HelloFrame, 'pid' | 'ppid' | 'script' | 'startedAtMs'>;
  readonly openedAtMs: number;
  readonly dumpsDone: number;
  /** Serves other processes and runs no code of the user (`isServiceProcess`). */
  readonly helper: boolean;
}

/**
 * The processes of a tree that get dumps: at most four, those first that were dumped before, then those that run user code and
 * have lived longest. Launchers come last: masters that have children in the tree, and the helpers of multiprocessing. A process
 * younger than two seconds is not dumped, unless it is the only one.
 */
export function leadingProcesses<P extends Candidate>(processes: readonly P[], nowMs: number): P[] {
  const parents = new Set(processes.map((process) => process.hello.ppid));
  const rank = ({ hello, dumpsDone, helper }: P): number => {
    if (helper) return 3;
    if (dumpsDone > 0) return 0;
    return LAUNCHER.test(hello.script) && parents.has(hello.pid) ? 2 : 1;
  };
  return processes
    .filter((process) => processes.length === 1 || nowMs - process.openedAtMs >= LEAST_AGE_MS)
    .sort((a, b) => rank(a) - rank(b) || a.hello.startedAtMs - b.hello.startedAtMs || a.hello.pid - b.hello.pid)
    .slice(0, MOST_LEADING);
}
