import { closeSync, constants, fstatSync, openSync, type BigIntStats } from 'node:fs';
import type { Progress } from '@heaptrail/core';
import { HeapFileCodecMissingError } from '../errors/heap-file-codec-missing-error.ts';
import { HeapFileEmptyError } from '../errors/heap-file-empty-error.ts';
import { HeapFileMissingError } from '../errors/heap-file-missing-error.ts';
import { HeapFileNotPlainError } from '../errors/heap-file-not-plain-error.ts';
import { HeapFileUnreadableError } from '../errors/heap-file-unreadable-error.ts';
import { reasonOf } from '../errors/reason-of.ts';
import { codecOf, type Codec } from './codecs.ts';
import { fileBytes } from './file-bytes.ts';
import { assertSameMoment, momentOf } from './file-moment.ts';
import type { HeapFile } from './heap-file.ts';
import { unpack } from './unpack.ts';

export interface OpenOptions {
  /** Told while a compressed file is unpacked. */
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

const HEAD_BYTES = 4096;

/**
 * Opens a heap file of any size. A plain file is read where it is; a compressed one (gzip by its first bytes, brotli by
 * its name, zstd where Node has it) is unpacked once into a temporary file without a name. Throws a CaptureError.
 */
export async function openHeapFile(path: string, options: OpenOptions = {}): Promise<HeapFile> {
  const fd = openForReading(path);
  try {
    const moment = momentOf(plainStat(fd, path));
    const source = fileBytes(fd, moment.sizeBytes, path);
    if (moment.sizeBytes === 0) throw new HeapFileEmptyError(path, undefined);
    const head = readHead(source);
    const codec = codecOf(head, path);
    if (codec !== undefined) return await openPacked(path, fd, codec, options);
    return {
      path,
      source,
      sizeBytes: moment.sizeBytes,
      head,
      packed: undefined,
      moment,
      assertUnchanged: () => assertSameMoment(path, fd, moment),
      close: closer(fd),
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Closes `fd`, the file on disk, when it is done; the heap is read from the copy, which nobody else can change. */
async function openPacked(path: string, fd: number, codec: Codec, { progress, signal }: OpenOptions): Promise<HeapFile> {
  const moment = momentOf(fstatSync(fd, { bigint: true }));
  const decoder = codec.decoder();
  if (decoder === undefined) throw new HeapFileCodecMissingError(path, codec.name, codec.unpackWith(path));
  const packed = { path, fd, sizeBytes: moment.sizeBytes, codec, decoder };
  const copy = await unpack(packed, progress ?? (() => undefined), signal).catch((error: unknown) => {
    assertSameMoment(path, fd, moment);
    throw error;
  });
  try {
    assertSameMoment(path, fd, moment);
    if (copy.sizeBytes === 0) throw new HeapFileEmptyError(path, codec.name);
    const source = fileBytes(copy.fd, copy.sizeBytes, path);
    const head = readHead(source);
    closeSync(fd);
    return {
      path,
      source,
      sizeBytes: copy.sizeBytes,
      head,
      packed: { codec: codec.name, sizeBytes: moment.sizeBytes },
      moment,
      assertUnchanged: () => undefined,
      close: closer(copy.fd),
    };
  } catch (error) {
    closeSync(copy.fd);
    throw error;
  }
}

/** Without waiting for anything: a pipe that nobody writes to would block for ever. */
function openForReading(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new HeapFileMissingError(path);
    if (code === 'ENXIO') throw new HeapFileNotPlainError(path, 'socket');
    throw new HeapFileUnreadableError(path, reasonOf(error));
  }
}

function plainStat(fd: number, path: string): BigIntStats {
  const stat = fstatSync(fd, { bigint: true });
  if (stat.isDirectory()) throw new HeapFileNotPlainError(path, 'folder');
  if (stat.isFIFO()) throw new HeapFileNotPlainError(path, 'pipe');
  if (!stat.isFile()) throw new HeapFileNotPlainError(path, 'device');
  return stat;
}

function readHead(source: HeapFile['source']): Uint8Array {
  const head = new Uint8Array(Math.min(HEAD_BYTES, source.sizeBytes));
  return head.subarray(0, source.read(head, 0));
}

/** A descriptor's number is given to the next file that is opened: closing it twice would close a stranger's. */
function closer(fd: number): () => void {
  let open = true;
  return () => {
    if (open) closeSync(fd);
    open = false;
  };
}
