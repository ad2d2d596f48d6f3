import { GrowingUint32 } from '../../graph/growing-column.ts';
import type { ByteWindow } from './byte-window.ts';
import type { EphemeronTable } from './ephemeron-table.ts';
import { BACKSLASH, CLOSE_LIST, COMMA, describeByte, isSpace, NEWLINE, QUOTE } from './json-bytes.ts';
import { LONGEST_NAME_BYTES, NameRecogniser } from './name-recogniser.ts';
import { UNKNOWN_NAME } from './known-names.ts';
import { PagedOffsets } from './paged-offsets.ts';
import { SnapshotNotJsonError, SnapshotTruncatedError } from './snapshot-errors.ts';

/** Where each string of the file begins, and which ones are names of V8's own. The texts stay in the file. */
export class StringTable {
  readonly count: number;
  /** One byte a string; see `known-names.ts`. */
  readonly knownNames: Uint8Array;
  /** Those that name entries of WeakMaps. */
  readonly ephemerons: EphemeronTable;
  readonly #offsets: PagedOffsets;

  constructor(offsets: PagedOffsets, knownNames: Uint8Array, ephemerons: EphemeronTable) {
    this.count = offsets.length - 1;
    this.#offsets = offsets;
    this.knownNames = knownNames;
    this.ephemerons = ephemerons;
  }

  /** Offset in the file of the opening quote of a string, and of something between its closing quote and the next opening one. */
  start(index: number): number {
    return this.#offsets.at(index);
  }

  /** Where they begin, for a column cache. */
  get offsets(): PagedOffsets {
    return this.#offsets;
  }

  /** Indexes a list whose opening bracket has been read. Linear; 4 bytes a string (8 in files of 4 GiB and more) and one more. */
  static read(window: ByteWindow): StringTable {
    const offsets = new PagedOffsets(window.sizeBytes);
    const recogniser = new NameRecogniser();
    const foundAt = new GrowingUint32();
    const found = new GrowingUint32();
    const { bytes } = window;
    const quote = QUOTE;
    const comma = COMMA;
    const newline = NEWLINE;
    for (;;) {
      if (window.lo >= window.hi && !window.fill()) throw new SnapshotTruncatedError('its strings', window.offset);
      // Whole strings within the window, while there are any.
      const { hi } = window;
      const fileStart = window.offsetOf(0);
      let p = window.lo;
      while (p < hi) {
        const byte = bytes[p];
        if (byte === comma || byte === newline) p++;
        else if (byte === quote) {
          const end = endOfString(bytes, p, hi);
          if (end < 0) break;
          const name = recogniser.numberOf(bytes, p + 1, end, offsets.length);
          if (name !== UNKNOWN_NAME) {
            foundAt.push(offsets.length);
            found.push(name);
          }
          offsets.push(fileStart + p);
          p = end + 1;
        } else if (byte === CLOSE_LIST) {
          offsets.push(fileStart + p);
          window.lo = p + 1;
          return new StringTable(offsets, column(offsets.length - 1, foundAt, found), recogniser.ephemerons);
        } else if (isSpace(byte)) p++;
        else throw new SnapshotNotJsonError('a string', describeByte(byte), fileStart + p);
      }
      window.lo = p;
      if (p >= hi) continue;
      // A string that reaches beyond the window: read on if it may be a name, which has to be in the window as a whole.
      if (hi - p > LONGEST_NAME_BYTES) {
        offsets.push(fileStart + p);
        skipLongString(window);
      } else if (!window.fill()) throw new SnapshotTruncatedError('its strings', window.offsetOf(window.hi));
    }
  }
}

function column(length: number, places: GrowingUint32, values: GrowingUint32): Uint8Array {
  const filled = new Uint8Array(length);
  for (let i = 0; i < places.length; i++) filled[places.at(i)] = values.at(i);
  return filled;
}

/** Closing quote of the string that opens at `start`, if it closes before `hi`, where a zero stands; -1 otherwise. */
function endOfString(bytes: Uint8Array, start: number, hi: number): number {
  const quote = QUOTE;
  const backslash = BACKSLASH;
  let p = start + 1;
  for (;;) {
    let byte = bytes[p];
    while (byte !== quote && byte !== backslash && byte !== 0) byte = bytes[++p];
    if (p >= hi) return -1;
    if (byte === quote) return p;
    p += byte === backslash ? 2 : 1;
    if (p >= hi) return -1;
  }
}

/** Goes past a string of any length whose opening quote is next. */
function skipLongString(window: ByteWindow): void {
  let isEscaped = true;
  for (;;) {
    if (window.lo >= window.hi && !window.fill()) throw new SnapshotTruncatedError('its strings', window.offset);
    const byte = window.bytes[window.lo++];
    if (isEscaped) isEscaped = false;
    else if (byte === QUOTE) return;
    else if (byte === BACKSLASH) isEscaped = true;
  }
}
