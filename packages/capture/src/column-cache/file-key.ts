import { createHash } from 'node:crypto';
import type { CacheKey } from '@heaptrail/core';
import type { HeapFile } from '../heap-file/heap-file.ts';

const END_BYTES = 64 * 2 ** 10;
const PAGE_BYTES = 4096;
const PAGES_BETWEEN = 32;

/**
 * What tells this file from any other, without reading all of it: length, time of the last write, and a hash of both ends
 * and of pages in between. Bytes changed between the pages with the old time put back would not be seen; nobody does that by chance.
 */
export function fileKey(file: HeapFile): CacheKey {
  return { sizeBytes: file.sizeBytes, mtimeNs: String(file.mtimeNs), sample: sampleHash(file) };
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
