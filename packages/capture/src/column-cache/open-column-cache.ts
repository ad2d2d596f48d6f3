import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { readSections, type ByteSource, type CacheKey, type Sections } from '@heaptrail/core';
import { cachePlaces } from './cache-places.ts';

export interface OpenColumnCache {
  /** For those who want to know where their disk went. */
  readonly path: string;
  readonly sections: Sections;
  /** Whether an open file is this one, and not a later one of its name. */
  readonly isAt: (fd: number) => boolean;
  close(): void;
}

/**
 * The cache of a file, if there is one of the same key that its writer finished. Undefined for anything else, without a
 * word: a cache saves time and proves nothing. Ours only: in a shared folder anybody could have put one there.
 */
export function openColumnCache(path: string, key: CacheKey, folder?: string): OpenColumnCache | undefined {
  for (const place of cachePlaces(path, folder)) {
    const fd = openOwn(place);
    if (fd === undefined) continue;
    const sections = readSections(bytesOrNone(fd), key, crc32);
    if (sections !== undefined) return { path: place, sections, isAt: (other) => areOne(fd, other), close: () => closeSync(fd) };
    closeSync(fd);
  }
  return undefined;
}

function openOwn(path: string): number | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = fstatSync(fd);
    if (stat.isFile() && (process.getuid === undefined || stat.uid === process.getuid())) return fd;
  } catch {
    // Not there, or not for us.
  }
  if (fd !== undefined) closeSync(fd);
  return undefined;
}

function areOne(one: number, other: number): boolean {
  const [a, b] = [fstatSync(one, { bigint: true }), fstatSync(other, { bigint: true })];
  return a.ino === b.ino && a.dev === b.dev;
}

/** As `fileBytes`, but a disk that fails has no bytes: what is missing is built again. */
function bytesOrNone(fd: number): ByteSource {
  return {
    sizeBytes: fstatSync(fd).size,
    read(into, position) {
      try {
        let filled = 0;
        for (let bytes = -1; filled < into.length && bytes !== 0; filled += bytes)
          bytes = readSync(fd, into, filled, into.length - filled, position + filled);
        return filled;
      } catch {
        return 0;
      }
    },
  };
}
