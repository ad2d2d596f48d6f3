import { readSync } from 'node:fs';
import type { ByteSource } from '@heaptrail/core';
import { HeapFileUnreadableError } from '../errors/heap-file-unreadable-error.ts';
import { reasonOf } from '../errors/reason-of.ts';

/** Linux reads at most 2^31 - 4096 bytes at once, and Node refuses to ask for more than 2^31 - 1. */
const MAX_READ_BYTES = 2 ** 30;

/** An open file as a source of bytes: positional reads of any length at any place, above 4 GB too. Nothing is buffered. */
export function fileBytes(fd: number, sizeBytes: number, path: string): ByteSource {
  return {
    sizeBytes,
    read(into, position) {
      const wanted = Math.max(0, Math.min(into.length, sizeBytes - position));
      let filled = 0;
      try {
        while (filled < wanted) {
          const bytes = readSync(fd, into, filled, Math.min(wanted - filled, MAX_READ_BYTES), position + filled);
          if (bytes === 0) break;
          filled += bytes;
        }
      } catch (error) {
        throw new HeapFileUnreadableError(path, reasonOf(error));
      }
      return filled;
    },
  };
}
