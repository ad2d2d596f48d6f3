import { createHash } from 'node:crypto';
import type { CacheKey } from '@heaptrail/core';
import type { HeapFile } from '../heap-file/heap-file.ts';

const END_BYTES = 64 * 2 ** 10;
const PAGE_BYTES = 4096;
const PAGES_BETWEEN = 32;

/**
 * What tells this file from any other, without reading all of it: length, the times of its last write and last change, and a
 * hash of both ends and of pages in between. The time of change is set by the system alone: a cache that somebody put beside
 * a file and sent along does not know it, and bytes that were changed and dated back are seen. A file that is moved to
 * another name or place has a new one, and is read again.
 */
export function fileKey(file: HeapFile): CacheKey {
  const { mtimeNs, ctimeNs } = file.moment;
  return { sizeBytes: file.sizeBytes, mtimeNs: String(mtimeNs), ctimeNs: String(ctimeNs), sample: sampleHash(file) };
}

function sampleHash({ source, sizeBytes }: HeapFile): string {
  const hash = createHash('sha256');
  const add = (position: number, length: number): void => {
    const bytes = new Uint8Array(Math.min(length, sizeBytes));
    hash.update(bytes.subarray(0, source.read(bytes, Math.max(0, position))));
  };
  add(0, END_BYTES);
  for (let page = 1; page <= PAGES_BETWEEN; page++) add(Math.floor((sizeBytes * page) / (PAGES_BETWEEN + 1)), PAGE_BYTES);
  add(sizeBytes - END_BYTES, END_BYTES);
  return hash.digest('hex');
}
