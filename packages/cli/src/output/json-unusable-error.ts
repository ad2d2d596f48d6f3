import { CaptureError } from '@heaptrail/capture';

/** The file of --json, --dot or --svg cannot be written. Found out before anything starts: not after an hour of observation. */
export class JsonUnusableError extends CaptureError {
  override readonly code = 'HEAPTRAIL_JSON_UNUSABLE';

  constructor(path: string, reason: string, option = '--json') {
    super(`cannot write ${path} (${reason}). Nothing was started. Name a file in a writable folder with ${option} FILE.`);
  }
}
