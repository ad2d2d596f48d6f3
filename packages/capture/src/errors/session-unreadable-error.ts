import { CaptureError } from './capture-error.ts';

/** A session folder, or one of its files, cannot be read at all. */
export class SessionUnreadableError extends CaptureError {
  override readonly code = 'HEAPTRAIL_SESSION_UNREADABLE';
  override readonly exitCode = 1;

  constructor(folder: string, reason: string) {
    super(`cannot read the session ${folder} (${reason}). Name the folder that "heaptrail run" wrote.`);
  }
}
