import { CaptureError } from './capture-error.ts';
import { megabytes } from './megabytes.ts';

/** A compressed file is read from a temporary file, and there is no room for that. */
export class HeapFileNoRoomError extends CaptureError {
  override readonly code = 'HEAPTRAIL_FILE_NO_ROOM';
  override readonly exitCode = 1;

  constructor(path: string, folder: string, unpackedBytes: number, reason: string) {
    super(
      `cannot unpack ${path} into ${folder}: ${reason}${unpackedBytes === 0 ? '' : ` after ${megabytes(unpackedBytes)}`}. Nothing was left there. ` +
        `Name a folder with more room in the variable TMPDIR, or unpack the file yourself and name the unpacked one.`,
    );
  }
}
