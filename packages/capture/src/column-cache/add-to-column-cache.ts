import { closeSync, constants, fstatSync, ftruncateSync, openSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { addSections, sectionBytes, type CacheKey, type Section } from '@heaptrail/core';
import { reasonOf } from '../errors/reason-of.ts';
import type { HeapFile } from '../heap-file/heap-file.ts';
import type { OpenColumnCache } from './open-column-cache.ts';
import { ROOM_TO_LEAVE_BYTES, writeWhole, type CacheSaved } from './save-column-cache.ts';

/**
 * Adds columns to a cache that is open, or puts them in the place of damaged ones. A failure is an answer, not an error, and
 * leaves the cache as it was; what a killed process left half added is not believed, and is written anew by the next one.
 */
export function addToColumnCache(
  file: HeapFile,
  { path, sections: whole, isAt }: OpenColumnCache,
  key: CacheKey,
  sections: readonly Section[],
): CacheSaved {
  file.assertUnchanged();
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (!isAt(fd)) return { saved: false, reason: 'another process has written it anew' };
    if (fstatSync(fd).size !== whole.sizeBytes) return { saved: false, reason: 'another process is adding to it' };
    const { bavail, bsize } = statfsSync(dirname(path));
    if (bavail * bsize < sectionBytes(sections) + ROOM_TO_LEAVE_BYTES) return { saved: false, reason: 'too little room' };
    return { saved: true, path, sizeBytes: addOrLeave(fd, key, whole, sections) };
  } catch (error) {
    return { saved: false, reason: reasonOf(error) };
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** The head comes last: until then, cutting off what was added makes the cache what it was. */
function addOrLeave(fd: number, key: CacheKey, whole: OpenColumnCache['sections'], sections: readonly Section[]): number {
  try {
    return addSections({ write: (bytes, position) => writeWhole(fd, bytes, position) }, key, whole, sections, crc32);
  } catch (error) {
    ftruncateSync(fd, whole.sizeBytes);
    throw error;
  }
}
