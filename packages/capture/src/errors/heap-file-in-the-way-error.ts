import { CaptureError } from './capture-error.ts';

/** A heap or profile stands where an answer would be written: most often `--json` took the heap file after it for its own. */
export class HeapFileInTheWayError extends CaptureError {
  override readonly code = 'HEAPTRAIL_FILE_IN_THE_WAY';

  constructor(path: string, title: string, option: string) {
    super(
      `${path} is a ${title}, which ${option} would overwrite. Nothing was written. ${option} takes the word after it as its file: name another one` +
        `${option === '--json' ? ', or put --json last' : ''}.`,
    );
  }
}
