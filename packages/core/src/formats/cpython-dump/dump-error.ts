import { HeapFileError } from '../heap-file-error.ts';

/** A file that is not a heap dump this version can read. A damaged dump is no error: it loads up to its last whole block and says so. */
export class HeapDumpError extends HeapFileError {
  readonly code:
    'HEAPTRAIL_DUMP_FOREIGN' | 'HEAPTRAIL_DUMP_VERSION' | 'HEAPTRAIL_DUMP_EMPTY' | 'HEAPTRAIL_DUMP_TOO_LARGE' | 'HEAPTRAIL_DUMP_CHANGED';

  constructor(code: HeapDumpError['code'], message: string) {
    super(message);
    this.name = 'HeapDumpError';
    this.code = code;
  }
}
