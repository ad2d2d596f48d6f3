import { bytesInMemory } from '../../byte-source.ts';
import { crc32 } from '../../cpython-dump/crc32.ts';
import type { CacheKey } from '../cache-key.ts';
import type { Section } from '../column.ts';
import type { Checksum } from '../pieces.ts';
import { readSections, type Sections } from '../read-sections.ts';
import { writeSections } from '../write-sections.ts';

/** Any sum that changes with each bit will do: the product hands in zlib's CRC-32, which can be continued; the core's own cannot. */
export const checksumForTests: Checksum = (bytes, previous) => (crc32(bytes) ^ Math.imul(previous, 0x9e3779b1)) >>> 0;

/** The bytes of a cache, in memory. */
export function writtenSections(key: CacheKey, sections: readonly Section[]): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array();
  const write = (piece: Uint8Array, position: number): void => {
    if (bytes.length < position + piece.length) {
      const longer = new Uint8Array(position + piece.length);
      longer.set(bytes);
      bytes = longer;
    }
    bytes.set(piece, position);
  };
  const sizeBytes = writeSections({ write }, key, sections, checksumForTests);
  if (sizeBytes !== bytes.length) throw new Error(`${sizeBytes} bytes were announced, ${bytes.length} written`);
  return bytes;
}

/** Sections as they come back from a cache. */
export function rereadSections(sections: readonly Section[]): Sections {
  const read = readSections(bytesInMemory(writtenSections({}, sections)), {}, checksumForTests);
  if (read === undefined) throw new Error('a cache that was just written is not believed');
  return read;
}
