import { CaptureError } from './capture-error.ts';

/** The system had no room for one more process, or refused for a reason that is not the program's. */
export class CommandNotStartedError extends CaptureError {
  override readonly code = 'HEAPTRAIL_COMMAND_NOT_STARTED';

  constructor(name: string, reason: string) {
    super(
      `the command ${JSON.stringify(name)} could not be started (${reason}). Look at the limits on processes and memory (ulimit -u, pids.max) and try again.`,
    );
  }
}
