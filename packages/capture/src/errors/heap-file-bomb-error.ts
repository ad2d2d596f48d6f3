import { CaptureError } from './capture-error.ts';
import { megabytes } from './megabytes.ts';

/** A compressed file that grows beyond all measure: no heap compresses so well, and the disk would be full. */
export class HeapFileBombError extends CaptureError {
  override readonly code = 'HEAPTRAIL_FILE_BOMB';
  override readonly exitCode = 1;

  constructor(path: string, codec: string, packedBytes: number, limitBytes: number) {
    super(
      `${path} was given up: its ${megabytes(packedBytes)} of ${codec} unpack to more than ${megabytes(limitBytes)}, and no heap compresses so well. ` +
        `If you trust it, unpack it yourself and name the unpacked file.`,
    );
  }
}
