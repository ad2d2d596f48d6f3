import type { ByteWindow } from './byte-window.ts';
import { CLOSE_LIST, COMMA, describeByte, isSpace, ZERO } from './json-bytes.ts';
import { SnapshotContradictoryError, SnapshotNumberError, SnapshotTruncatedError } from './snapshot-errors.ts';

const POINT = 0x2e;
const SMALL_E = 0x65;
const CAPITAL_E = 0x45;

/**
 * Reads a list of whole numbers in rows, exactly, however it is spaced. The slow way: for rows that the fast readers do not
 * know, for layouts that they do not know, and for saying what is wrong with a list.
 */
export class NumberRows {
  /** The row that was read last. */
  readonly numbers: Float64Array;
  readonly #window: ByteWindow;
  readonly #name: string;

  constructor(window: ByteWindow, name: string, fields: number) {
    this.numbers = new Float64Array(fields);
    this.#window = window;
    this.#name = name;
  }

  /** Reads a row and goes past the comma after it; false at the end of the list. Throws for half a row. */
  next(): boolean {
    const { numbers } = this;
    const window = this.#window;
    for (let column = 0; column < numbers.length; column++) {
      const byte = this.#peek();
      if (byte === CLOSE_LIST) {
        if (column === 0) return false;
        throw new SnapshotContradictoryError(
          `the last row of "${this.#name}" has ${column} numbers instead of ${numbers.length}`,
          window.offset,
        );
      }
      numbers[column] = this.#number();
      const after = this.#peek();
      if (after === COMMA) window.lo++;
      else if (after !== CLOSE_LIST) throw this.#foreign(after);
    }
    return true;
  }

  /** Goes past the closing bracket; false if something else comes first. */
  end(): boolean {
    if (this.#peek() !== CLOSE_LIST) return false;
    this.#window.lo++;
    return true;
  }

  /** The next byte that is no space, left unread. */
  #peek(): number {
    const window = this.#window;
    for (;;) {
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
        if (window.offset === start || byte === POINT || byte === SMALL_E || byte === CAPITAL_E) throw this.#foreign(byte);
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
