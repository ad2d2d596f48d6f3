/**
 * Columns over all nodes whose values nobody needs any more, for whoever needs the next: the peak of memory is then that of the
 * columns alive, not of all there ever were.
 */
export class SpareColumns {
  readonly #length: number;
  readonly #spare: Uint32Array[] = [];

  constructor(length: number) {
    this.#length = length;
  }

  give(...columns: readonly Uint32Array[]): void {
    for (const column of columns) if (column.length === this.#length) this.#spare.push(column);
  }

  /** A column with whatever values it had. */
  take(): Uint32Array {
    return this.#spare.pop() ?? new Uint32Array(this.#length);
  }
}
