import { CaptureError } from './capture-error.ts';

/** No such program, neither as a path nor on PATH. */
export class CommandNotFoundError extends CaptureError {
  override readonly code = 'HEAPTRAIL_COMMAND_NOT_FOUND';
  override readonly exitCode = 127;

  constructor(name: string) {
    const where = name.includes('/') ? 'there is no such file' : 'it is in no folder of PATH';
    super(`the command ${JSON.stringify(name)} does not exist: ${where}. Check the spelling after "--".`);
  }
}
