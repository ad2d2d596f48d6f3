import { CaptureError } from './capture-error.ts';

/** One heap dump of a session cannot be read: missing, too large, or not a plain file. */
export class DumpUnreadableError extends CaptureError {
  override readonly code = 'HEAPTRAIL_DUMP_UNREADABLE';
  override readonly exitCode = 1;

  constructor(path: string, reason: string) {
    super(`cannot read the heap dump ${path} (${reason}). The rest of the session is still usable.`);
  }
}
