/**
 * Memory that one pass over a heap is done with and the next writes over. To touch a page for the first time, and to give it
 * back, costs more than many passes themselves do. For what is as large as the heap, and for as long as there are passes to
 * come: what was given stays taken from the system while this lives.
 */
export class Scratch {
  readonly #pieces: Uint32Array[] = [];

  /** Numbers of any value: from what was given last and is long enough, else new ones. */
  take(length: number): Uint32Array {
    const at = this.#pieces.findLastIndex((piece) => piece.length >= length);
    if (at < 0) return new Uint32Array(length);
    const piece = this.#pieces[at];
    if (piece.length > length) this.#pieces[at] = piece.subarray(length);
    else this.#pieces.splice(at, 1);
    return piece.subarray(0, length);
  }

  /** Nobody may look at `numbers` any more. */
  give(numbers: Uint32Array): void {
    if (numbers.length > 0) this.#pieces.push(numbers);
  }
}
