import { inflateSync } from 'node:zlib';

/** A block may claim more than it holds; what is set aside for it at once is bounded. */
const MOST_AT_ONCE = 2 ** 22;

/** Decodes one zlib block of a dump for core, which has no zlib of its own. Throws when the block holds more than it declared. */
export function inflate(stored: Uint8Array, rawBytes: number): Uint8Array {
  // In one piece nearly always: zlib would otherwise gather many small ones.
  return inflateSync(stored, { maxOutputLength: Math.max(1, rawBytes), chunkSize: Math.min(Math.max(64, rawBytes + 1), MOST_AT_ONCE) });
}
