import { CaptureError } from './capture-error.ts';

/** The system does not let the file be opened or read: permission, a failing disk, a share that is gone. */
export class HeapFileUnreadableError extends CaptureError {
  override readonly code = 'HEAPTRAIL_FILE_UNREADABLE';
  override readonly exitCode = 1;

  constructor(path: string, reason: string) {
    super(`cannot read ${path} (${reason}). Make it readable for this user, or copy it to a place that is.`);
  }
}
