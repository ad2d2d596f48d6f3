import { bytesInMemory } from '../../byte-source.ts';
import { crc32 } from '../../cpython-dump/crc32.ts';
import type { CacheKey } from '../cache-key.ts';
import type { Section } from '../column.ts';
import type { Checksum } from '../pieces.ts';
import { readSections, type Sections } from '../read-sections.ts';
import { addSections, writeSections } from '../write-sections.ts';

/** Any sum that changes with each bit will do: the product hands in zlib's CRC-32, which can be continued; the core's own cannot. */
export const checksumForTests: Checksum = (bytes, previous) => (crc32(bytes) ^ Math.imul(previous, 0x9e3779b1)) >>> 0;

/** A file in memory, and what it held after each write. */
class MemoryFile {
  readonly states: Uint8Array<ArrayBuffer>[] = [];
  bytes: Uint8Array<ArrayBuffer>;

  constructor(bytes: Uint8Array<ArrayBuffer> = new Uint8Array()) {
    this.bytes = bytes;
  }

  write(piece: Uint8Array, position: number): void {
    const changed = new Uint8Array(Math.max(this.bytes.length, position + piece.length));
    changed.set(this.bytes);
    changed.set(piece, position);
    this.bytes = changed;
    this.states.push(changed);
  }
}

/** The bytes of a cache, in memory. */
export function writtenSections(key: CacheKey, sections: readonly Section[]): Uint8Array<ArrayBuffer> {
  const file = new MemoryFile();
  const sizeBytes = writeSections(file, key, sections, checksumForTests);
  if (sizeBytes !== file.bytes.length) throw new Error(`${sizeBytes} bytes were announced, ${file.bytes.length} written`);
  return file.bytes;
}

/** The bytes of a cache after each write with which sections were added to it. */
export function statesWhileAdding(
  key: CacheKey,
  bytes: Uint8Array<ArrayBuffer>,
  sections: readonly Section[],
): readonly Uint8Array<ArrayBuffer>[] {
  const file = new MemoryFile(bytes);
  const whole = readSections(bytesInMemory(bytes), key, checksumForTests);
  if (whole === undefined) throw new Error('the cache that is added to is not believed');
  const sizeBytes = addSections(file, key, whole, sections, checksumForTests);
  if (sizeBytes !== file.bytes.length) throw new Error(`${sizeBytes} bytes were announced, ${file.bytes.length} written`);
  return file.states;
}

/** Sections as they come back from a cache. */
export function rereadSections(sections: readonly Section[]): Sections {
  const read = readSections(bytesInMemory(writtenSections({}, sections)), {}, checksumForTests);
  if (read === undefined) throw new Error('a cache that was just written is not believed');
  return read;
}
