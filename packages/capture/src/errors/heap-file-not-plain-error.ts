import { CaptureError } from './capture-error.ts';

/** The name belongs to something that has no bytes to read twice: a folder, a pipe, a device, a socket. */
export class HeapFileNotPlainError extends CaptureError {
  override readonly code: 'HEAPTRAIL_FILE_IS_FOLDER' | 'HEAPTRAIL_FILE_NOT_PLAIN';
  override readonly exitCode = 1;

  constructor(path: string, found: 'folder' | 'pipe' | 'device' | 'socket') {
    super(`${path} is a ${found}, and a heap file is needed. ${NEXT[found]}`);
    this.code = found === 'folder' ? 'HEAPTRAIL_FILE_IS_FOLDER' : 'HEAPTRAIL_FILE_NOT_PLAIN';
  }
}

const NEXT = {
  folder: 'Name one file in it (a .heapsnapshot, or a dump of a session folder).',
  pipe: 'A heap file is read at many places, a pipe only once: write it to a file first, compressed if you like.',
  device: 'Name a plain file.',
  socket: 'Name a plain file.',
} as const;
