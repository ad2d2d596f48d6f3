import { CaptureError } from './capture-error.ts';

/** There is no file of this name. */
export class HeapFileMissingError extends CaptureError {
  override readonly code = 'HEAPTRAIL_FILE_MISSING';
  override readonly exitCode = 1;

  constructor(path: string) {
    super(`there is no file ${path}. Name a heap file that exists; a relative name counts from the folder the command runs in.`);
  }
}
