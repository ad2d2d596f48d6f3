import { GrowingFloat64, GrowingUint32 } from '../../graph/growing-column.ts';

/** The few numbers of a 32-bit column that do not fit into it. */
export class WideNumbers {
  readonly #rows = new GrowingUint32(16);
  readonly #numbers = new GrowingFloat64(16);

  add(row: number, number: number): void {
    this.#rows.push(row);
    this.#numbers.push(number);
  }

  /** The column itself, or a copy in doubles that has them all. */
  widen(column: Uint32Array): Uint32Array | Float64Array {
    const numbers = this.#numbers.finish();
    if (numbers.length === 0) return column;
    const wide = Float64Array.from(column);
    for (let i = 0; i < numbers.length; i++) wide[this.#rows.at(i)] = numbers[i];
    return wide;
  }
}
