import { CaptureError } from './capture-error.ts';

/** The bytes are of no format that can be read. */
export class HeapFormatUnknownError extends CaptureError {
  override readonly code = 'HEAPTRAIL_FORMAT_UNKNOWN';
  override readonly exitCode = 1;

  /** @param found what the file begins with, as a phrase: `a zip archive`, `the bytes 89 50 4e 47`. */
  constructor(path: string, found: string, titles: readonly string[]) {
    super(`${path} is no heap file that can be read: it begins with ${found}. Formats that can be read: ${titles.join(', ')}.`);
  }
}
