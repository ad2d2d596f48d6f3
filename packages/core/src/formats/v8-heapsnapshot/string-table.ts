import { GrowingUint32 } from '../../graph/growing-column.ts';
import type { ByteWindow } from './byte-window.ts';
import type { EphemeronTable } from './ephemeron-table.ts';
import { BACKSLASH, CLOSE_LIST, COMMA, describeByte, isSpace, QUOTE } from './json-bytes.ts';
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
    let p = window.lo;
    for (;;) {
      if (p >= window.hi) {
        window.lo = p;
        if (!window.fill()) throw new SnapshotTruncatedError('its strings', window.offset);
        p = window.lo;
      }
      const byte = bytes[p];
      if (byte === QUOTE) {
        const number = offsets.length;
        offsets.push(window.offsetOf(p));
        window.lo = p;
        const name = skipString(window, recogniser, number);
        if (name !== UNKNOWN_NAME) {
          foundAt.push(number);
          found.push(name);
        }
        p = window.lo;
      } else if (byte === CLOSE_LIST) break;
      else if (byte === COMMA || isSpace(byte)) p++;
      else throw new SnapshotNotJsonError('a string', describeByte(byte), window.offsetOf(p));
    }
    offsets.push(window.offsetOf(p));
    window.lo = p + 1;
    const knownNames = new Uint8Array(offsets.length - 1);
    for (let i = 0; i < found.length; i++) knownNames[foundAt.at(i)] = found.at(i);
    return new StringTable(offsets, knownNames, recogniser.ephemerons);
  }
}

/** Goes past a string of which `window.lo` is the opening quote; returns the number of the name that it is. */
function skipString(window: ByteWindow, recogniser: NameRecogniser, index: number): number {
  const { bytes } = window;
  let isLong = false;
  let p = window.lo + 1;
  for (;;) {
    let byte = bytes[p];
    while (byte !== QUOTE && byte !== BACKSLASH && byte !== 0) byte = bytes[++p];
    if (byte === BACKSLASH && p + 1 < window.hi) p += 2;
    else if (byte === QUOTE && p < window.hi) break;
    else if (p < window.hi && byte === 0) p++;
    else {
      // What may still be a name stays in the window as a whole.
      if (p - window.lo > LONGEST_NAME_BYTES) {
        isLong = true;
        window.lo = p;
      }
      const { lo } = window;
      if (!window.fill()) throw new SnapshotTruncatedError('its strings', window.offsetOf(window.hi));
      p -= lo - window.lo;
    }
  }
  const number = isLong ? UNKNOWN_NAME : recogniser.numberOf(bytes, window.lo + 1, p, index);
  window.lo = p + 1;
  return number;
}
