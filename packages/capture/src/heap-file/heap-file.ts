import type { ByteSource } from '@heaptrail/core';
import type { CodecName } from './codecs.ts';
import type { FileMoment } from './file-moment.ts';

/** A heap file that is open for reading, unpacked where it was compressed. Whoever opened it closes it. */
export interface HeapFile {
  /** As it was named by who asked. */
  readonly path: string;
  /** The bytes of the heap itself; reads never go beyond, even when the file grows. */
  readonly source: ByteSource;
  /** Of the heap itself, unpacked. */
  readonly sizeBytes: number;
  /** The first bytes, at most 4096: a format is recognised by them. */
  readonly head: Uint8Array;
  /** How the file on disk was compressed; undefined for a plain one. */
  readonly packed: { readonly codec: CodecName; readonly sizeBytes: number } | undefined;
  /** Of the file on disk when it was opened. */
  readonly moment: FileMoment;
  /** Throws HeapFileChangedError when somebody wrote to the file since it was opened. */
  assertUnchanged(): void;
  close(): void;
}

/**
 * Does work on a file and makes sure that it was one file all the time. A change comes before any other error: a snapshot
 * that is still being written looks cut off, and the cause is what helps.
 */
export function whileUnchanged<T>(file: HeapFile, work: () => T): T {
  let result: T;
  try {
    result = work();
  } catch (error) {
    file.assertUnchanged();
    throw error;
  }
  file.assertUnchanged();
  return result;
}
