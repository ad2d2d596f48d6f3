import { CaptureError } from './capture-error.ts';

/** The file, or what it unpacks to, has no byte in it. */
export class HeapFileEmptyError extends CaptureError {
  override readonly code = 'HEAPTRAIL_FILE_EMPTY';
  override readonly exitCode = 1;

  constructor(path: string, codec: string | undefined) {
    super(
      `${path} is ${codec === undefined ? 'empty (0 bytes)' : `a ${codec} file with nothing inside`}. ` +
        `Its writer failed or has not begun: look for a message of the program that wrote it, and for a full disk.`,
    );
  }
}
