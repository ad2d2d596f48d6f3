import type { ByteWindow } from './byte-window.ts';
import { COLON, COMMA, CLOSE_BRACE, describeByte, isSpace, OPEN_BRACE, OPEN_LIST, QUOTE } from './json-bytes.ts';
import { skipList, skipValue } from './skip-value.ts';
import { SnapshotError, SnapshotIncompleteError, SnapshotNotJsonError, SnapshotTruncatedError } from './snapshot-errors.ts';
import { leastBytesOfRows, parseHeader, type SnapshotHeader } from './snapshot-header.ts';
import { StringTable } from './string-table.ts';

/** Bytes of the file between the brackets of a list: `[start, end[`. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** Where everything is in the file. */
export interface Sections {
  readonly header: SnapshotHeader;
  readonly strings: StringTable;
  readonly nodes: Extent;
  readonly edges: Extent;
  /** Lists by name, `nodes` and `edges` among them. */
  readonly lists: ReadonlyMap<string, Extent>;
}

const LONGEST_HEADER_BYTES = 1 << 20;
const LONGEST_KEY_BYTES = 200;

/** Goes over the whole file once, in whatever order its parts are: finds the lists, reads the header, indexes the strings. */
export function findSections(window: ByteWindow): Sections {
  try {
    return goThrough(window, true);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    // A list may be shorter than its header says: the message then comes from a walk that believes nothing.
    window.seek(0);
    return goThrough(window, false);
  }
}

/** `trustsCounts`: does not look at as many bytes of a list as it must have by what the header announces. */
function goThrough(window: ByteWindow, trustsCounts: boolean): Sections {
  let header: SnapshotHeader | undefined;
  let strings: StringTable | undefined;
  const lists = new Map<string, Extent>();
  expect(window, OPEN_BRACE, 'an object with "snapshot" and "nodes"');
  for (let next = COMMA; next === COMMA;) {
    const key = readKey(window);
    expect(window, COLON, `a colon after "${key}"`);
    const first = peek(window, `"${key}"`);
    if (key === 'snapshot') header = readHeader(window);
    else if (first !== OPEN_LIST) skipValue(window, `"${key}"`);
    else {
      window.lo++;
      const start = window.offset;
      if (key === 'strings') strings = StringTable.read(window);
      else {
        if (trustsCounts && header !== undefined) window.seek(start + leastBytes(header, key));
        skipList(window, key);
      }
      lists.set(key, { start, end: window.offset - 1 });
    }
    next = peek(window, 'the end of the file');
    if (next !== COMMA && next !== CLOSE_BRACE) throw foreign(window, 'a comma or the closing brace');
    window.lo++;
  }
  const at = window.offset;
  const nodes = lists.get('nodes');
  const edges = lists.get('edges');
  if (header === undefined) throw new SnapshotIncompleteError('snapshot', at);
  if (nodes === undefined) throw new SnapshotIncompleteError('nodes', at);
  if (edges === undefined) throw new SnapshotIncompleteError('edges', at);
  if (strings === undefined) throw new SnapshotIncompleteError('strings', at);
  return { header, strings, nodes, edges, lists };
}

function leastBytes(header: SnapshotHeader, key: string): number {
  if (key === 'nodes') return leastBytesOfRows(header.nodeCount, header.node.fields);
  return key === 'edges' ? leastBytesOfRows(header.edgeCount, header.edge.fields) : 0;
}

/** The next byte that is no space, left unread. */
function peek(window: ByteWindow, within: string): number {
  for (;;) {
    if (window.lo >= window.hi && !window.fill()) throw new SnapshotTruncatedError(within, window.offset);
    const byte = window.bytes[window.lo];
    if (!isSpace(byte)) return byte;
    window.lo++;
  }
}

function expect(window: ByteWindow, byte: number, what: string): void {
  if (peek(window, what) !== byte) throw foreign(window, what);
  window.lo++;
}

function foreign(window: ByteWindow, expected: string): SnapshotNotJsonError {
  return new SnapshotNotJsonError(expected, describeByte(window.bytes[window.lo]), window.offset);
}

function readKey(window: ByteWindow): string {
  expect(window, QUOTE, 'the name of a part of the snapshot');
  let key = '';
  for (;;) {
    if (window.lo >= window.hi && !window.fill()) throw new SnapshotTruncatedError('the name of a part', window.offset);
    const byte = window.bytes[window.lo];
    if (byte === QUOTE) break;
    if (byte < 0x20 || byte > 0x7e || key.length === LONGEST_KEY_BYTES) throw foreign(window, 'the name of a part of the snapshot');
    key += String.fromCharCode(byte);
    window.lo++;
  }
  window.lo++;
  return key;
}

function readHeader(window: ByteWindow): SnapshotHeader {
  const start = window.offset;
  const bytes: number[] = [];
  skipValue(window, 'the header', (byte) => {
    if (bytes.length === LONGEST_HEADER_BYTES)
      throw new SnapshotNotJsonError(`a "snapshot" object of at most ${LONGEST_HEADER_BYTES} bytes`, 'a longer one', start);
    bytes.push(byte);
  });
  return parseHeader(new TextDecoder().decode(Uint8Array.from(bytes)), start, window.sizeBytes);
}
