import { CaptureError } from './capture-error.ts';

/** The observation went well and its report cannot be stored. */
export class ReportNotWrittenError extends CaptureError {
  override readonly code = 'HEAPTRAIL_REPORT_NOT_WRITTEN';

  constructor(path: string, reason: string) {
    super(`cannot write the report ${path} (${reason}). Make room and run: heaptrail analyze DIR --write`);
  }
}
