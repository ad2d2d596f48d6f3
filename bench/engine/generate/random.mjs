/** Numbers that look random and are the same at every run: a snapshot can be made again. */
export class SeededRandom {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1[. */
  fraction() {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 32;
  }

  below(limit) {
    return Math.floor(this.fraction() * limit);
  }

  pick(items) {
    return items[this.below(items.length)];
  }
}
