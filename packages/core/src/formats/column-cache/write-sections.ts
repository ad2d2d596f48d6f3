import type { CacheKey } from './cache-key.ts';
import { encodeHead, HEAD_BYTES } from './cache-head.ts';
import { kindOf, type Section } from './column.ts';
import { encodeDirectory, type Entry } from './directory.ts';
import { piecesOf, type Checksum } from './pieces.ts';
import type { Sections } from './read-sections.ts';

/** Takes the bytes of a cache, at their places. Handed in: the core writes no files. */
export interface ByteSink {
  write(bytes: Uint8Array, position: number): void;
}

/** How many bytes `writeSections` will write, but for some hundred a section: for who looks whether there is room. */
export function sectionBytes(sections: readonly Section[]): number {
  return sections.reduce((sum, { column }) => sum + column.byteLength, HEAD_BYTES);
}

/**
 * Writes a cache: columns, then their directory, and last the head, without which nothing of it is believed. The sink must
 * begin empty. Names must differ. Returns the size in bytes.
 */
export function writeSections(sink: ByteSink, key: CacheKey, sections: readonly Section[], checksum: Checksum): number {
  return append(sink, key, [], HEAD_BYTES, sections, checksum);
}

/**
 * Adds sections to the cache of this key that `whole` was read from, or puts them in the place of those of the same names;
 * the sink holds that cache. What was there stays where it is, so whoever has it open goes on reading; nobody who opens it
 * now believes it before the last byte is written. Returns the new size in bytes.
 */
export function addSections(sink: ByteSink, key: CacheKey, whole: Sections, sections: readonly Section[], checksum: Checksum): number {
  const names = new Set(sections.map(({ name }) => name));
  const kept = whole.entries.filter(({ name }) => !names.has(name));
  return append(sink, key, kept, whole.sizeBytes, sections, checksum);
}

function append(
  sink: ByteSink,
  key: CacheKey,
  kept: readonly Entry[],
  from: number,
  sections: readonly Section[],
  checksum: Checksum,
): number {
  const entries = [...kept];
  let position = from;
  for (const { name, column } of sections) {
    if (entries.some((entry) => entry.name === name)) throw new RangeError(`two sections are called ${name}`);
    const begin = position;
    let sum = 0;
    for (const piece of piecesOf(column)) {
      sum = checksum(piece, sum);
      sink.write(piece, position);
      position += piece.length;
    }
    entries.push({ name, kind: kindOf(column), length: column.length, position: begin, checksum: sum });
  }
  const directory = encodeDirectory(key, entries);
  sink.write(directory, position);
  const sizeBytes = position + directory.length;
  const head = { directoryAt: position, directoryBytes: directory.length, directoryChecksum: checksum(directory, 0), sizeBytes };
  sink.write(encodeHead(head, checksum), 0);
  return sizeBytes;
}
