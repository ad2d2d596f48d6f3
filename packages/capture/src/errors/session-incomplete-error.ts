import { CaptureError } from './capture-error.ts';

/** Part of what was seen could not be stored. Told, not thrown: the rest is good. */
export class SessionIncompleteError extends CaptureError {
  override readonly code = 'HEAPTRAIL_SESSION_INCOMPLETE';

  constructor(folder: string, lostLines: number) {
    super(`${lostLines} lines of the session ${folder} could not be written (is the disk full?): the report is made from the rest.`);
  }
}
