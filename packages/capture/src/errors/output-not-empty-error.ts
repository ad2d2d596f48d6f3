import { CaptureError } from './capture-error.ts';

/** The folder of --out holds something already; nothing is ever overwritten. */
export class OutputNotEmptyError extends CaptureError {
  override readonly code = 'HEAPTRAIL_OUT_NOT_EMPTY';

  constructor(folder: string, found: string) {
    super(
      `the folder ${folder} is not empty (found ${JSON.stringify(found)}). The command was not started. Name a new folder with --out DIR, or remove this one.`,
    );
  }
}
