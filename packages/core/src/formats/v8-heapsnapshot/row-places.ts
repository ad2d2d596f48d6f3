import { firstPlace } from '../../graph/bisection.ts';
import { GrowingFloat64, GrowingUint32 } from '../../graph/growing-column.ts';

/** Rows are read in blocks of so many bytes, and the beginning of each block is remembered: what it costs to read one row again. */
export const BLOCK_BYTES = 1 << 14;

/** Where in the file some of the rows of a list begin, ascending: the way back to what is not kept in memory. */
export class RowPlaces {
  readonly #rows = new GrowingUint32(256);
  readonly #offsets = new GrowingFloat64(256);

  add(row: number, offset: number): void {
    this.#rows.push(row);
    this.#offsets.push(offset);
  }

  /** For a column cache; `of` makes the places again. */
  toColumns(): { readonly rows: Uint32Array; readonly offsets: Float64Array } {
    return { rows: this.#rows.finish(), offsets: this.#offsets.finish() };
  }

  static of(rows: Uint32Array, offsets: Float64Array): RowPlaces {
    const places = new RowPlaces();
    places.#rows.append(rows);
    places.#offsets.append(offsets);
    return places;
  }

  get blockCount(): number {
    return this.#rows.length;
  }

  /** Block of a row: the last one that begins at it or before it. */
  blockOf(row: number): number {
    return Math.max(0, firstPlace(0, this.#rows.length, (block) => this.#rows.at(block) <= row) - 1);
  }

  firstRow(block: number): number {
    return this.#rows.at(block);
  }

  offset(block: number): number {
    return this.#offsets.at(block);
  }
}
