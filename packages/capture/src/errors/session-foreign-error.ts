import { CaptureError } from './capture-error.ts';

/** The folder holds something that is no session of a version this reader knows. */
export class SessionForeignError extends CaptureError {
  override readonly code = 'HEAPTRAIL_SESSION_FOREIGN';
  override readonly exitCode = 1;

  constructor(folder: string, found: string) {
    super(
      `${folder} is not a session of this version: its session.json says ${found}, and "heaptrail-session/1" is needed. Use the heaptrail that wrote it.`,
    );
  }
}
