import { CaptureError } from './capture-error.ts';

/** The file was written to while it was read: what was read is no moment of any heap. */
export class HeapFileChangedError extends CaptureError {
  override readonly code = 'HEAPTRAIL_FILE_CHANGED';
  override readonly exitCode = 1;

  constructor(path: string, change: string) {
    super(
      `${path} changed while it was read (${change}), so nothing can be said about it. Wait until its writer is done, and run this again.`,
    );
  }
}
