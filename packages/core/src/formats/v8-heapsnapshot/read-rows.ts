import { LONGEST_ROW_BYTES, type ByteWindow } from './byte-window.ts';
import type { Extent } from './find-sections.ts';
import { NumberRows } from './number-rows.ts';
import { BLOCK_BYTES, RowPlaces } from './row-places.ts';

/** The rows of one list: read fast where they are written as V8 writes them, taken number by number where they are not. */
export interface RowReader {
  /** Rows read so far. */
  readonly row: number;
  /** Reads rows that begin in `bytes[p .. limit[`; returns where it stopped, at `limit` or before. `end` is where the list ends. */
  read(bytes: Uint8Array, p: number, limit: number, end: number): number;
  /** Takes one row of numbers; `atByte` is for messages. */
  take(numbers: Float64Array, atByte: number): void;
}

export interface RowList {
  readonly extent: Extent;
  /** As in the file, for messages. */
  readonly name: string;
  /** Numbers in a row. */
  readonly fields: number;
}

export interface BlockObserver {
  /** Before a block of at most BLOCK_BYTES is read. */
  begin(firstRow: number): void;
  /** After it: rows `[firstRow, endRow[` were in it. */
  end(firstRow: number, endRow: number, offset: number): void;
}

/** Reads a list from end to end. Returns where its blocks begin. */
export function readRows(window: ByteWindow, list: RowList, reader: RowReader, observer: BlockObserver): RowPlaces {
  const places = new RowPlaces();
  const { extent } = list;
  window.seek(extent.start);
  while (window.offset < extent.end) {
    const firstRow = reader.row;
    places.add(firstRow, window.offset);
    observer.begin(firstRow);
    readBlock(window, list, reader);
    observer.end(firstRow, reader.row, window.offset);
  }
  return places;
}

/** Reads the rows that begin in the next BLOCK_BYTES. */
export function readBlock(window: ByteWindow, list: RowList, reader: RowReader): void {
  const { extent } = list;
  const slow = new NumberRows(window, extent, list.name);
  const numbers = new Float64Array(list.fields);
  // The fast reader does not meet the end of the window within a row, unless the row is longer than any of V8's.
  window.has(Math.min(extent.end - window.offset, BLOCK_BYTES + LONGEST_ROW_BYTES));
  const blockEnd = Math.min(window.offset + BLOCK_BYTES, extent.end);
  while (window.offset < blockEnd) {
    const fileStart = window.offset - window.lo;
    const end = extent.end - fileStart;
    window.lo = Math.min(reader.read(window.bytes, window.lo, blockEnd - fileStart, end), end);
    const atByte = window.offset;
    if (atByte < blockEnd && slow.next(numbers)) reader.take(numbers, atByte);
  }
}
