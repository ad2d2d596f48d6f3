import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile, SourceFiles } from '@heaptrail/core';
import { megabytes } from '../errors/megabytes.ts';
import { reasonOf } from '../errors/reason-of.ts';

export interface DiskLimits {
  /** Of one file. Larger scripts and maps are no work of people. */
  readonly fileBytes: number;
  /** Of all files together: a heap file may name any number of them. */
  readonly allBytes: number;
}

const USUAL_LIMITS: DiskLimits = { fileBytes: 64 * 2 ** 20, allBytes: 2 ** 30 };

/**
 * Scripts and source maps from the disk of this machine, read when they are asked for and not kept. Whoever wrote the heap file
 * chose the names, so only plain files are read, and nothing is fetched from anywhere.
 */
export class DiskSourceFiles implements SourceFiles {
  readonly #limits: DiskLimits;
  #readBytes = 0;

  constructor(limits: DiskLimits = USUAL_LIMITS) {
    this.#limits = limits;
  }

  read(location: string): SourceFile {
    const path = pathOf(location);
    if (typeof path !== 'string') return path;
    let fd: number | undefined;
    try {
      // Without waiting: a pipe that nobody writes to would block for ever.
      fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      return this.#readOpen(fd);
    } catch (error) {
      return { missing: reasonOf(error) };
    } finally {
      if (fd !== undefined) closeSync(fd);
    }
  }

  #readOpen(fd: number): SourceFile {
    const stat = fstatSync(fd);
    if (!stat.isFile()) return { missing: 'not a plain file' };
    if (stat.size > this.#limits.fileBytes) return { missing: `larger than ${megabytes(this.#limits.fileBytes)}` };
    if (this.#readBytes + stat.size > this.#limits.allBytes)
      return { missing: `after ${megabytes(this.#limits.allBytes)} of others no more are read` };
    const bytes = new Uint8Array(stat.size);
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(fd, bytes, filled, bytes.length - filled, filled);
      if (count === 0) break;
      filled += count;
    }
    this.#readBytes += filled;
    return { bytes: bytes.subarray(0, filled) };
  }
}

function pathOf(location: string): string | { readonly missing: string } {
  if (/^https?:/i.test(location)) return { missing: 'on a server, and nothing is fetched' };
  if (location.includes('\0')) return { missing: 'not a name of a file' };
  if (!/^file:/i.test(location)) return isAbsolute(location) ? location : { missing: 'of another machine' };
  try {
    return fileURLToPath(location);
  } catch {
    return { missing: 'of another machine' };
  }
}
