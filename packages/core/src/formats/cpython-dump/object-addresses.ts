const CHUNK_WORDS = 2 ** 17;
/** Bits of the upper half of an address that is 2^53 or more. */
const TOO_HIGH = 2 ** 32 - 2 ** 21;

/** Addresses of all objects in the order of the file, two words each, the lower half first. Grows without copying; kept only until they are sorted. */
export class ObjectAddresses {
  #pieces: Uint32Array[] = [];
  /** The chunk that copies go into, and how much of it is taken. */
  #chunk = new Uint32Array();
  #filled = 0;
  #length = 0;
  #lowBits = 0;

  get length(): number {
    return this.#length;
  }

  /** The lower halves of all addresses, laid over one another: shows how they are aligned. */
  get lowBits(): number {
    return this.#lowBits;
  }

  /** Takes the addresses of a block, which are copied unless they stay where they are. False, and nothing taken, when one is 2^53 or more. */
  append(words: Uint32Array, isKept: boolean): boolean {
    let lows = 0;
    let highs = 0;
    for (let w = 0; w < words.length; w += 2) {
      lows |= words[w];
      highs |= words[w + 1];
    }
    if ((highs & TOO_HIGH) !== 0) return false;
    this.#lowBits |= lows;
    this.#length += words.length / 2;
    if (isKept) this.#pieces.push(words);
    else this.#copy(words);
    return true;
  }

  /** The addresses, piece by piece. */
  pieces(): readonly Uint32Array[] {
    return this.#pieces;
  }

  /** Gives the memory back. */
  clear(): void {
    this.#pieces = [];
    this.#chunk = new Uint32Array();
    this.#filled = 0;
  }

  #copy(words: Uint32Array): void {
    for (let from = 0; from < words.length;) {
      if (this.#filled === this.#chunk.length) {
        this.#chunk = new Uint32Array(CHUNK_WORDS);
        this.#filled = 0;
      }
      const piece = words.subarray(from, from + this.#chunk.length - this.#filled);
      this.#chunk.set(piece, this.#filled);
      this.#pieces.push(this.#chunk.subarray(this.#filled, this.#filled + piece.length));
      this.#filled += piece.length;
      from += piece.length;
    }
  }
}
