import { ToolkitError } from '../errors/toolkit-error.ts';

/** A task ran for longer than it may. Its signal was aborted with this error. */
export class TaskTimeoutError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_TASK_TIMEOUT';
  override readonly name = 'TaskTimeoutError';

  constructor(pool: string, label: string | undefined, timeoutMs: number) {
    super(
      `${pool} expected ${label === undefined ? 'a task' : `"${label}"`} to end within ${timeoutMs} ms. Its signal is aborted; heed it, or raise timeoutMs.`,
    );
  }
}
