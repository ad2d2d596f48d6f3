import { CaptureError } from './capture-error.ts';

/** The program exists and the system refuses to run it. */
export class CommandNotExecutableError extends CaptureError {
  override readonly code = 'HEAPTRAIL_COMMAND_NOT_EXECUTABLE';
  override readonly exitCode = 126;

  constructor(name: string, reason: string) {
    super(
      `the command ${JSON.stringify(name)} cannot be executed (${reason}). For a script, name its interpreter: heaptrail run -- python ${name}`,
    );
  }
}
