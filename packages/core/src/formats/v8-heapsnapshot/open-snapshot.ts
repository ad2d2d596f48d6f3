import type { ByteSource } from '../byte-source.ts';
import type { ByteWindow } from './byte-window.ts';
import { findStrings } from './find-strings.ts';
import { CLOSE_BRACE, OPEN_BRACE } from './json-bytes.ts';
import { PartWalker } from './part-walker.ts';
import { skipList, skipValue } from './skip-value.ts';
import { SnapshotError, SnapshotIncompleteError, SnapshotNotJsonError } from './snapshot-errors.ts';
import { parseHeader, type SnapshotHeader } from './snapshot-header.ts';
import { StringTable } from './string-table.ts';

const LONGEST_HEADER_BYTES = 1 << 20;

/** A snapshot of which header and strings are known: what the rows of nodes and edges are read with. */
export interface OpenSnapshot {
  readonly header: SnapshotHeader;
  readonly strings: StringTable;
  /** Where the first row of a list is in the file, as far as the lists are known. */
  readonly lists: Map<string, number>;
  /** Goes on from the end of the list that was read last; undefined when all lists are known. */
  readonly walker: PartWalker | undefined;
}

/**
 * Opens a file in whatever order its parts are. In V8's order the header is read from its beginning and the strings from its
 * end; in any other, or if anything is odd, the whole file is gone through.
 */
export function openSnapshot(source: ByteSource, window: ByteWindow): OpenSnapshot {
  try {
    const found = openInOrder(source, window);
    if (found !== undefined) return found;
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
  }
  window.seek(0);
  return openWhole(window);
}

/** Where a list begins: known already, or found by going on. Throws when the snapshot has none. */
export function listStart(snapshot: OpenSnapshot, window: ByteWindow, name: string): number {
  const start = findList(snapshot, window, name);
  if (start === undefined) throw new SnapshotIncompleteError(name, window.offset);
  return start;
}

/** The same for a list that may be missing. The window has to stand behind the list that was found or read last. */
export function findList({ lists, walker }: OpenSnapshot, window: ByteWindow, name: string): number | undefined {
  while (walker !== undefined && !lists.has(name)) {
    const key = walker.next();
    if (key === undefined || key === 'strings') break;
    const start = walker.enterList();
    if (start !== undefined) lists.set(key, start);
    if (key === name) break;
    if (start === undefined) skipValue(window, `"${key}"`);
    else skipList(window, key);
  }
  return lists.get(name);
}

function openInOrder(source: ByteSource, window: ByteWindow): OpenSnapshot | undefined {
  const walker = new PartWalker(window);
  if (walker.next() !== 'snapshot') return undefined;
  const header = readHeader(window);
  if (walker.next() !== 'nodes') return undefined;
  const nodes = walker.enterList();
  const stringsStart = findStrings(source);
  if (nodes === undefined || stringsStart === undefined || stringsStart < nodes) return undefined;
  window.seek(stringsStart);
  const strings = StringTable.read(window);
  if (!window.has(1) || window.bytes[window.lo] !== CLOSE_BRACE) return undefined;
  return { header, strings, lists: new Map([['nodes', nodes]]), walker };
}

function openWhole(window: ByteWindow): OpenSnapshot {
  let header: SnapshotHeader | undefined;
  let strings: StringTable | undefined;
  const lists = new Map<string, number>();
  const walker = new PartWalker(window);
  for (let key = walker.next(); key !== undefined; key = walker.next()) {
    if (key === 'snapshot') header = readHeader(window);
    else {
      const start = walker.enterList();
      if (start === undefined) skipValue(window, `"${key}"`);
      else {
        lists.set(key, start);
        if (key === 'strings') strings = StringTable.read(window);
        else skipList(window, key);
      }
    }
  }
  if (header === undefined) throw new SnapshotIncompleteError('snapshot', window.offset);
  for (const name of ['nodes', 'edges']) if (!lists.has(name)) throw new SnapshotIncompleteError(name, window.offset);
  if (strings === undefined) throw new SnapshotIncompleteError('strings', window.offset);
  return { header, strings, lists, walker: undefined };
}

function readHeader(window: ByteWindow): SnapshotHeader {
  const start = window.offset;
  if (window.bytes[window.lo] !== OPEN_BRACE) throw new SnapshotNotJsonError('an object as "snapshot"', 'something else', start);
  const bytes: number[] = [];
  skipValue(window, 'the header', (byte) => {
    if (bytes.length === LONGEST_HEADER_BYTES)
      throw new SnapshotNotJsonError(`a "snapshot" object of at most ${LONGEST_HEADER_BYTES} bytes`, 'a longer one', start);
    bytes.push(byte);
  });
  return parseHeader(new TextDecoder().decode(Uint8Array.from(bytes)), start, window.sizeBytes);
}
