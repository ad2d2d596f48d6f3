/** From so many pages in one bucket on, they are searched by halves: a file that makes them collide gains nothing. */
const SHORT_BUCKET = 8;
/** Both halves of a page's number, and its position. */
const ENTRY_WORDS = 3;

/**
 * Finds a page of memory by its number: buckets by hash, each in the order of the numbers. Two buckets a page, so that most
 * hold one; a table of 100,000 pages (400 MB of objects) stays in the processor's cache.
 */
export class PageTable {
  /** Where the entries of each bucket begin. */
  readonly #first: Uint32Array;
  readonly #entries: Int32Array;
  readonly #shift: number;

  /** Numbers of pages below 2^53, ascending, each once; pages are then known by their position. */
  constructor(numbers: Float64Array) {
    let bits = 4;
    while (2 ** bits < numbers.length * 2) bits++;
    this.#shift = 32 - bits;
    this.#first = new Uint32Array(2 ** bits + 1);
    this.#entries = new Int32Array(numbers.length * ENTRY_WORDS);
    this.#fill(numbers);
  }

  /** Position of the page whose number has these halves, as signed numbers of 32 bits, or -1. */
  find(low: number, high: number): number {
    const entries = this.#entries;
    const bucket = hash(low, high) >>> this.#shift;
    let from = this.#first[bucket];
    let end = this.#first[bucket + 1];
    while (end - from > SHORT_BUCKET) {
      const middle = (from + end) >>> 1;
      const at = middle * ENTRY_WORDS;
      if (entries[at + 1] > high || (entries[at + 1] === high && entries[at] >>> 0 > low >>> 0)) end = middle;
      else from = middle;
    }
    for (let at = from * ENTRY_WORDS, stop = end * ENTRY_WORDS; at < stop;) {
      const page = entries[at + 2];
      const isIt = entries[at] === low && entries[at + 1] === high;
      at += ENTRY_WORDS;
      if (isIt) return page;
    }
    return -1;
  }

  /** A counting sort by bucket, which keeps the order. */
  #fill(numbers: Float64Array): void {
    const first = this.#first;
    for (let page = 0; page < numbers.length; page++)
      first[(hash(numbers[page] | 0, (numbers[page] / 0x100000000) | 0) >>> this.#shift) + 1]++;
    for (let bucket = 1; bucket < first.length; bucket++) first[bucket] += first[bucket - 1];
    const next = first.slice();
    for (let page = 0; page < numbers.length; page++) {
      const low = numbers[page] | 0;
      const high = (numbers[page] / 0x100000000) | 0;
      const at = next[hash(low, high) >>> this.#shift]++ * ENTRY_WORDS;
      this.#entries[at] = low;
      this.#entries[at + 1] = high;
      this.#entries[at + 2] = page;
    }
  }
}

function hash(low: number, high: number): number {
  return Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
}
