import type { ByteSource } from '../byte-source.ts';
import { ByteWindow, LONGEST_ROW_BYTES } from './byte-window.ts';
import { COMMA, NEWLINE, ZERO } from './json-bytes.ts';
import { readBlock, type RowList, type RowReader } from './read-rows.ts';
import { BLOCK_BYTES, type RowPlaces } from './row-places.ts';

const BLOCKS_KEPT = 32;

/** Columns of a list of rows that are left in the file and read again, a block of rows at a time, when somebody asks. */
export class ReadBackRows {
  readonly #window: ByteWindow;
  readonly #list: RowList;
  readonly #places: RowPlaces;
  readonly #columns: readonly number[];
  /** A block lives at its number modulo BLOCKS_KEPT. */
  readonly #blocks: ColumnRows[] = [];
  readonly #numbers = new Float64Array(BLOCKS_KEPT).fill(-1);
  /** Rows of the block that was asked for last. */
  #first = 0;
  #end = 0;
  #rows: ColumnRows | undefined;

  constructor(source: ByteSource, list: RowList, places: RowPlaces, columns: readonly number[]) {
    this.#window = new ByteWindow(source, BLOCK_BYTES + LONGEST_ROW_BYTES);
    this.#list = list;
    this.#places = places;
    this.#columns = columns;
  }

  /** What makes these rows again, with the source: for a column cache. */
  get origin(): { readonly list: RowList; readonly places: RowPlaces; readonly columns: readonly number[] } {
    return { list: this.#list, places: this.#places, columns: this.#columns };
  }

  /** The number in one of the columns, by its place among those asked for; row in [0, rows of the list[. Saturated at 2^32 - 1. */
  at(row: number, place: number): number {
    if (this.#rows === undefined || row < this.#first || row >= this.#end) this.#turnTo(row);
    return this.#rows!.values[place][row - this.#first];
  }

  #turnTo(row: number): void {
    const block = this.#places.blockOf(row);
    const slot = block % BLOCKS_KEPT;
    const rows = (this.#blocks[slot] ??= new ColumnRows(this.#list.fields, this.#columns));
    if (this.#numbers[slot] !== block) {
      rows.row = 0;
      this.#window.seek(this.#places.offset(block));
      readBlock(this.#window, this.#list, rows);
      this.#numbers[slot] = block;
    }
    this.#rows = rows;
    this.#first = this.#places.firstRow(block);
    this.#end = this.#first + rows.row;
  }
}

/** The rows of one block, of which some columns are of interest. */
class ColumnRows implements RowReader {
  readonly values: readonly Uint32Array[];
  readonly #fields: number;
  readonly #columns: readonly number[];
  /** For each field, where it goes: to one of `values`, or to `#nowhere`. */
  readonly #valuesByField: readonly Uint32Array[];
  row = 0;

  constructor(fields: number, columns: readonly number[]) {
    const mostRows = Math.ceil(BLOCK_BYTES / (2 * fields)) + 1;
    this.values = columns.map(() => new Uint32Array(mostRows));
    const nowhere = new Uint32Array(mostRows);
    this.#fields = fields;
    this.#columns = columns;
    this.#valuesByField = Array.from({ length: fields }, (_, field) => this.values[columns.indexOf(field)] ?? nowhere);
  }

  /** What is odd about a row was found when it was read first. */
  read(bytes: Uint8Array, p: number, limit: number): number {
    const valuesByField = this.#valuesByField;
    const last = this.#fields - 1;
    let { row } = this;
    while (p < limit) {
      const start = p;
      let digit = 0;
      for (let field = 0; field <= last; field++) {
        const first = p;
        let value = 0;
        while ((digit = bytes[p++] - ZERO) >>> 0 < 10) value = (value * 10 + digit) | 0;
        // Nine digits fit for certain; what is longer, or spaced otherwise, is left to `take`.
        if ((p - first - 2) >>> 0 > 8 || (field < last && digit !== COMMA - ZERO)) {
          this.row = row;
          return start;
        }
        valuesByField[field][row] = value;
      }
      if (digit !== COMMA - ZERO) {
        if (digit !== NEWLINE - ZERO || bytes[p] !== COMMA) {
          p = start;
          break;
        }
        p++;
      }
      row++;
    }
    this.row = row;
    return p;
  }

  take(numbers: Float64Array): void {
    for (const [place, column] of this.#columns.entries()) this.values[place][this.row] = Math.min(numbers[column], 0xffffffff);
    this.row++;
  }
}
