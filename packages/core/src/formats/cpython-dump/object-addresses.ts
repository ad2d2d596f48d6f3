const CHUNK_WORDS = 2 ** 17;

/** Addresses of all objects in the order of the file, two words each, the lower half first. Grows without copying; kept only until they are sorted. */
export class ObjectAddresses {
  #chunks: Uint32Array[] = [];
  #filled = CHUNK_WORDS;
  #length = 0;
  #lowBits = 0;

  get length(): number {
    return this.#length;
  }

  /** The lower halves of all addresses, laid over one another: shows how they are aligned. */
  get lowBits(): number {
    return this.#lowBits;
  }

  append(words: Uint32Array, from: number, count: number): void {
    const end = from + count * 2;
    for (let w = from; w < end; w += 2) this.#lowBits |= words[w];
    this.#length += count;
    while (from < end) {
      if (this.#filled === CHUNK_WORDS) {
        this.#chunks.push(new Uint32Array(CHUNK_WORDS));
        this.#filled = 0;
      }
      const piece = words.subarray(from, Math.min(end, from + CHUNK_WORDS - this.#filled));
      this.#chunks.at(-1)!.set(piece, this.#filled);
      this.#filled += piece.length;
      from += piece.length;
    }
  }

  /** The addresses, piece by piece. */
  pieces(): readonly Uint32Array[] {
    return this.#chunks.map((chunk, i) => (i === this.#chunks.length - 1 ? chunk.subarray(0, this.#filled) : chunk));
  }

  /** Gives the memory back. */
  clear(): void {
    this.#chunks = [];
  }
}
