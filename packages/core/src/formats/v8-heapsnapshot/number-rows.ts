import type { ByteWindow } from './byte-window.ts';
import type { Extent } from './find-sections.ts';
import { COMMA, describeByte, isSpace, ZERO } from './json-bytes.ts';
import { SnapshotContradictoryError, SnapshotNumberError, SnapshotTruncatedError } from './snapshot-errors.ts';

/**
 * Reads a list of whole numbers in rows, exactly, however it is spaced. The slow way: for rows that the fast readers do not
 * know, for layouts that they do not know, and for saying what is wrong with a list.
 */
export class NumberRows {
  readonly #window: ByteWindow;
  readonly #end: number;
  readonly #name: string;

  constructor(window: ByteWindow, extent: Extent, name: string) {
    this.#window = window;
    this.#end = extent.end;
    this.#name = name;
  }

  /** Fills `row` with the numbers that follow and goes past the comma after them; false at the end of the list. Throws for half a row. */
  next(row: Float64Array): boolean {
    for (let column = 0; column < row.length; column++) {
      const byte = this.#next();
      if (byte < 0) {
        if (column === 0) return false;
        throw new SnapshotContradictoryError(`the last row of "${this.#name}" has ${column} numbers instead of ${row.length}`, this.#end);
      }
      row[column] = this.#number();
      const after = this.#next();
      if (after === COMMA) this.#window.lo++;
      else if (after >= 0) throw this.#foreign(after);
    }
    return true;
  }

  /** The next byte that is no space, left unread; -1 at the end of the list. */
  #next(): number {
    const window = this.#window;
    for (;;) {
      if (window.offset >= this.#end) return -1;
      if (window.lo >= window.hi && !window.fill()) throw new SnapshotTruncatedError(`"${this.#name}"`, window.offset);
      const byte = window.bytes[window.lo];
      if (!isSpace(byte)) return byte;
      window.lo++;
    }
  }

  #number(): number {
    const window = this.#window;
    const start = window.offset;
    let value = 0;
    for (;;) {
      if (window.lo >= window.hi && !window.fill()) throw new SnapshotTruncatedError(`"${this.#name}"`, window.offset);
      const byte = window.bytes[window.lo];
      const digit = byte - ZERO;
      if (digit >>> 0 > 9) {
        if (window.offset === start || byte === 0x2e || byte === 0x65 || byte === 0x45) throw this.#foreign(byte);
        return value;
      }
      value = value * 10 + digit;
      if (value > Number.MAX_SAFE_INTEGER) throw new SnapshotNumberError(`"${this.#name}"`, 'a greater one', start);
      window.lo++;
    }
  }

  #foreign(byte: number): SnapshotNumberError {
    return new SnapshotNumberError(`"${this.#name}"`, describeByte(byte), this.#window.offset);
  }
}
