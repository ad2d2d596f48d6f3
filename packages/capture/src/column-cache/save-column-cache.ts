import { closeSync, mkdirSync, openSync, readdirSync, statfsSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { sectionBytes, writeSections, type CacheKey, type Section } from '@heaptrail/core';
import { megabytes } from '../errors/megabytes.ts';
import { reasonOf } from '../errors/reason-of.ts';
import type { HeapFile } from '../heap-file/heap-file.ts';
import { cachePlaces, isCacheName } from './cache-places.ts';

export type CacheSaved =
  | { readonly saved: true; readonly path: string; readonly sizeBytes: number }
  /** Why not, as a phrase. */
  | { readonly saved: false; readonly reason: string };

/** Smaller files are read in the time in which one sees that it passes. */
const MIN_FILE_BYTES = 64 * 2 ** 20;
export const ROOM_TO_LEAVE_BYTES = 256 * 2 ** 20;
const FORGOTTEN_AFTER_MS = 30 * 86_400_000;

export interface SaveOptions {
  /** Instead of the user's folder for caches, where the file's own folder cannot be written. */
  readonly folder?: string;
  readonly minFileBytes?: number;
}

/**
 * Keeps the columns of a file beside it, or in a folder for caches when that cannot be written. A failure is an answer,
 * not an error: nothing but time is lost. The file itself must be unchanged since it was opened.
 */
export function saveColumnCache(file: HeapFile, key: CacheKey, sections: readonly Section[], options: SaveOptions = {}): CacheSaved {
  if (file.packed !== undefined) return { saved: false, reason: `the file is packed with ${file.packed.codec}` };
  const { minFileBytes = MIN_FILE_BYTES } = options;
  if (file.sizeBytes < minFileBytes) return { saved: false, reason: `files below ${megabytes(minFileBytes)} are read as fast` };
  file.assertUnchanged();
  const [beside, inFolder] = cachePlaces(file.path, options.folder);
  const first = saveAt(beside, key, sections);
  if (first.saved) return first;
  forgetOldOnes(dirname(inFolder));
  const second = saveAt(inFolder, key, sections);
  return second.saved ? second : { saved: false, reason: `${beside}: ${first.reason}; ${inFolder}: ${second.reason}` };
}

/** A new file each time: who reads the old one keeps it, and of two writers the later wins. The head that makes it valid comes last. */
function saveAt(path: string, key: CacheKey, sections: readonly Section[]): CacheSaved {
  let fd: number | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const { bavail, bsize } = statfsSync(dirname(path));
    if (bavail * bsize < sectionBytes(sections) + ROOM_TO_LEAVE_BYTES) return { saved: false, reason: 'too little room' };
    unlinkIfThere(path);
    const target = openSync(path, 'wx', 0o600);
    fd = target;
    const sizeBytes = writeSections({ write: (bytes, position) => writeWhole(target, bytes, position) }, key, sections, crc32);
    closeSync(target);
    return { saved: true, path, sizeBytes };
  } catch (error) {
    if (fd !== undefined) {
      closeSync(fd);
      unlinkIfThere(path);
    }
    return { saved: false, reason: reasonOf(error) };
  }
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

export function writeWhole(fd: number, bytes: Uint8Array, position: number): void {
  for (let written = 0; written < bytes.length;) written += writeSync(fd, bytes, written, bytes.length - written, position + written);
}

/** Caches whose files nobody asked for in a month: their files may be gone, and nobody would ever look into this folder. */
function forgetOldOnes(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const { atimeMs, mtimeMs } = statSync(path);
      if (isCacheName(name) && Date.now() - Math.max(atimeMs, mtimeMs) > FORGOTTEN_AFTER_MS) unlinkSync(path);
    }
  } catch {
    // No such folder yet, or another process forgets at the same time.
  }
}
