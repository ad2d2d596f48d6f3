import { inflateSync } from 'node:zlib';

/** Decodes one zlib block of a dump for core, which has no zlib of its own. Throws when the block holds more than it declared. */
export function inflate(stored: Uint8Array, rawBytes: number): Uint8Array {
  return inflateSync(stored, { maxOutputLength: Math.max(1, rawBytes) });
}
