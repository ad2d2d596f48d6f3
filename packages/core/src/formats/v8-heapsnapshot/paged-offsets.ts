const PAGE_BITS = 16;
const PAGE_MASK = (1 << PAGE_BITS) - 1;

/** An append-only list of places in a file, in pages: nothing is copied when it grows, and little is allocated ahead. */
export class PagedOffsets {
  readonly #pages: (Uint32Array | Float64Array)[] = [];
  readonly #isWide: boolean;
  #last: Uint32Array | Float64Array = new Uint32Array();
  #length = 0;

  /** Places are below `limit`: four bytes each do up to 4 GiB. */
  constructor(limit: number) {
    this.#isWide = limit > 0xffffffff;
  }

  get length(): number {
    return this.#length;
  }

  push(offset: number): void {
    const within = this.#length++ & PAGE_MASK;
    if (within === 0) {
      this.#last = this.#isWide ? new Float64Array(1 << PAGE_BITS) : new Uint32Array(1 << PAGE_BITS);
      this.#pages.push(this.#last);
    }
    this.#last[within] = offset;
  }

  /** All of them as one column, for a column cache. */
  toColumn(): Uint32Array | Float64Array {
    const column = this.#isWide ? new Float64Array(this.#length) : new Uint32Array(this.#length);
    for (const [i, page] of this.#pages.entries()) column.set(page.subarray(0, this.#length - (i << PAGE_BITS)), i << PAGE_BITS);
    return column;
  }

  /** The list that `toColumn` gave; takes the column over. Not to be appended to. */
  static of(column: Uint32Array | Float64Array): PagedOffsets {
    const offsets = new PagedOffsets(0);
    for (let start = 0; start < column.length; start += 1 << PAGE_BITS)
      offsets.#pages.push(column.subarray(start, start + (1 << PAGE_BITS)));
    offsets.#length = column.length;
    return offsets;
  }

  at(index: number): number {
    return this.#pages[index >>> PAGE_BITS][index & PAGE_MASK];
  }
}
