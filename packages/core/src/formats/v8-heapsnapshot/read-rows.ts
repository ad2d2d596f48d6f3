import { LONGEST_ROW_BYTES, type ByteWindow } from './byte-window.ts';
import { NumberRows } from './number-rows.ts';
import { BLOCK_BYTES, RowPlaces } from './row-places.ts';
import { SnapshotContradictoryError } from './snapshot-errors.ts';

/** The rows of one list: read fast where they are written as V8 writes them, taken number by number where they are not. */
export interface RowReader {
  /** Rows read so far. */
  readonly row: number;
  /**
   * Reads rows that begin in `bytes[p .. limit[`; returns where it stopped: at `limit` or behind it, or at the beginning of a
   * row that it leaves to `take`, as it does with the last one. A zero stands behind the bytes.
   */
  read(bytes: Uint8Array, p: number, limit: number): number;
  /** Takes one row of numbers; `atByte` is for messages. */
  take(numbers: Float64Array, atByte: number): void;
}

export interface RowList {
  /** Where the first row begins. */
  readonly start: number;
  /** As in the file, for messages. */
  readonly name: string;
  /** What a row stands for, for messages. */
  readonly what: string;
  readonly rows: number;
  /** Numbers in a row. */
  readonly fields: number;
}

export interface BlockObserver {
  /** Before a block of at most BLOCK_BYTES is read. */
  begin(firstRow: number): void;
  /** After it: rows `[firstRow, endRow[` were in it. */
  end(firstRow: number, endRow: number, offset: number): void;
}

/** Reads a list from end to end and goes past its closing bracket. Returns where its blocks begin. */
export function readRows(window: ByteWindow, list: RowList, reader: RowReader, observer: BlockObserver): RowPlaces {
  const places = new RowPlaces();
  const slow = new NumberRows(window, list.name, list.fields);
  window.seek(list.start);
  while (reader.row < list.rows) {
    const firstRow = reader.row;
    places.add(firstRow, window.offset);
    observer.begin(firstRow);
    readBlock(window, list, reader, slow);
    observer.end(firstRow, reader.row, window.offset);
    if (reader.row === firstRow) throw contradiction(list, `has ${firstRow}`, window.offset);
  }
  if (!slow.end()) throw contradiction(list, 'has more', window.offset);
  return places;
}

function contradiction({ rows, what }: RowList, found: string, atByte: number): SnapshotContradictoryError {
  return new SnapshotContradictoryError(`it announces ${rows} ${what}, and ${found}`, atByte);
}

/** Reads the rows that begin in the next BLOCK_BYTES; none at the end of the list. */
export function readBlock(
  window: ByteWindow,
  list: RowList,
  reader: RowReader,
  slow = new NumberRows(window, list.name, list.fields),
): void {
  // The fast reader does not meet the end of the window within a row, unless the row is longer than any of V8's.
  window.has(BLOCK_BYTES + LONGEST_ROW_BYTES);
  const blockEnd = window.offset + BLOCK_BYTES;
  while (window.offset < blockEnd && reader.row < list.rows) {
    const limit = Math.min(window.hi, window.lo + blockEnd - window.offset);
    window.lo = reader.read(window.bytes, window.lo, limit);
    const atByte = window.offset;
    if (atByte >= blockEnd || reader.row >= list.rows) continue;
    if (!slow.next()) return;
    reader.take(slow.numbers, atByte);
  }
}
