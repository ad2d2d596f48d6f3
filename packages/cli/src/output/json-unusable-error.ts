import { CaptureError } from '@heaptrail/capture';

/** The file of --json cannot be written. Found out before anything starts: not after an hour of observation. */
export class JsonUnusableError extends CaptureError {
  override readonly code = 'HEAPTRAIL_JSON_UNUSABLE';

  constructor(path: string, reason: string) {
    super(`cannot write ${path} (${reason}). Nothing was started. Name a file in a writable folder with --json FILE.`);
  }
}
