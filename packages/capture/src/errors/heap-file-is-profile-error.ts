import { CaptureError } from './capture-error.ts';

/** A profile of allocations where objects are asked for. */
export class HeapFileIsProfileError extends CaptureError {
  override readonly code = 'HEAPTRAIL_FILE_IS_PROFILE';
  override readonly exitCode = 1;

  constructor(path: string, title: string) {
    super(`${path} is a ${title}: it has lines that allocate, and no objects. "heaptrail analyze ${path}" shows them.`);
  }
}
