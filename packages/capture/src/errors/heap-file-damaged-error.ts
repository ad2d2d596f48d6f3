import { CaptureError } from './capture-error.ts';
import { megabytes } from './megabytes.ts';

/** A compressed file that ends too early, or whose bytes are not what its codec wrote. */
export class HeapFileDamagedError extends CaptureError {
  override readonly code: 'HEAPTRAIL_FILE_CUT_OFF' | 'HEAPTRAIL_FILE_CORRUPT';
  override readonly exitCode = 1;

  constructor(path: string, codec: string, damage: 'cut off' | 'corrupt', packedBytes: number, detail: string) {
    super(
      damage === 'cut off'
        ? `${path} is cut off: the ${codec} stream does not end within its ${megabytes(packedBytes)}. Copy it again, or wait until its writer is done.`
        : `${path} is no whole ${codec} file (${detail}). Copy it again from where it came; if it is not compressed at all, take the ending off its name.`,
    );
    this.code = damage === 'cut off' ? 'HEAPTRAIL_FILE_CUT_OFF' : 'HEAPTRAIL_FILE_CORRUPT';
  }
}
