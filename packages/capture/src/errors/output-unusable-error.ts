import { CaptureError } from './capture-error.ts';

/** The session folder cannot be made or written. Raised before the command starts. */
export class OutputUnusableError extends CaptureError {
  override readonly code = 'HEAPTRAIL_OUT_UNUSABLE';

  constructor(folder: string, reason: string) {
    super(`cannot write the session folder ${folder} (${reason}). The command was not started. Name a writable place with --out DIR.`);
  }
}
