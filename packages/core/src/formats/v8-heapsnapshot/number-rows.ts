import type { ByteWindow } from './byte-window.ts';
import { CLOSE_LIST, COMMA } from './json-bytes.ts';
import { NumberTokens } from './number-tokens.ts';
import { SnapshotContradictoryError } from './snapshot-errors.ts';

/**
 * Reads a list of whole numbers in rows. The slow way: for rows that the fast readers do not know, for layouts that they do
 * not know, and for saying what is wrong with a list.
 */
export class NumberRows {
  /** The row that was read last. */
  readonly numbers: Float64Array;
  readonly #window: ByteWindow;
  readonly #tokens: NumberTokens;
  readonly #name: string;

  constructor(window: ByteWindow, name: string, fields: number) {
    this.numbers = new Float64Array(fields);
    this.#window = window;
    this.#tokens = new NumberTokens(window, name);
    this.#name = name;
  }

  /** Reads a row and goes past the comma after it; false at the end of the list. Throws for half a row. */
  next(): boolean {
    const { numbers } = this;
    const tokens = this.#tokens;
    for (let column = 0; column < numbers.length; column++) {
      if (tokens.peek() === CLOSE_LIST) {
        if (column === 0) return false;
        throw new SnapshotContradictoryError(
          `the last row of "${this.#name}" has ${column} numbers instead of ${numbers.length}`,
          this.#window.offset,
        );
      }
      numbers[column] = tokens.number();
      const after = tokens.peek();
      if (after === COMMA) this.#window.lo++;
      else if (after !== CLOSE_LIST) throw tokens.foreign(after);
    }
    return true;
  }

  /** Goes past the closing bracket; false if something else comes first. */
  end(): boolean {
    if (this.#tokens.peek() !== CLOSE_LIST) return false;
    this.#window.lo++;
    return true;
  }
}
