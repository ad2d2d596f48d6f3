import { CaptureError } from './capture-error.ts';

/** Compressed in a way that this Node cannot unpack. */
export class HeapFileCodecMissingError extends CaptureError {
  override readonly code = 'HEAPTRAIL_FILE_CODEC_MISSING';
  override readonly exitCode = 1;

  constructor(path: string, codec: string, unpackWith: string) {
    super(
      `${path} is compressed with ${codec}, which Node ${process.versions.node} cannot unpack. Run "${unpackWith}" and name the unpacked file.`,
    );
  }
}
