import { GrowingFloat64 } from '../../graph/growing-column.ts';
import type { ObjectAddresses } from './object-addresses.ts';
import { ones } from './ones.ts';
import { PageTable } from './page-table.ts';

/** Stands for an address at which there is no object. */
export const NO_NODE = 0xffffffff;

/** A page has so many places where an object can begin; one bit each. */
const SLOT_BITS = 9;
const SLOT_MASK = 2 ** SLOT_BITS - 1;
const WORDS_PER_PAGE = 2 ** (SLOT_BITS - 5);
const RECENT_PAGES = 4096;
/** Objects need not be farther apart for the index to be small. */
const MOST_ALIGNED = 16;

/**
 * From address to node, for all objects of a dump. A node is the rank of its address, so that what was allocated together has
 * numbers near each other, and the addresses themselves need not be kept: a bit for every place of a page where an object
 * begins, and beside each word of bits how many objects come before it. Places lie as far apart as the alignment of all
 * addresses allows (8 bytes for CPython on 64 bits). 160 bytes a page, whatever the addresses: some 4 bytes an
 * object in a real heap. A look costs two or three accesses to tables that stay in the processor's cache.
 */
export class AddressIndex {
  readonly nodeCount: number;
  /** Objects whose address an earlier one had already. */
  readonly duplicates: number;
  readonly #alignBits: number;
  readonly #pages: PageTable;
  readonly #numbers: Float64Array;
  readonly #begins: Uint32Array;
  readonly #before: Uint32Array;

  constructor(addresses: ObjectAddresses) {
    const lowBits = addresses.lowBits | MOST_ALIGNED;
    this.#alignBits = 31 - Math.clz32(lowBits & -lowBits);
    this.#numbers = pageNumbers(addresses, this.#alignBits + SLOT_BITS);
    this.#pages = new PageTable(this.#numbers);
    this.#begins = new Uint32Array(this.#numbers.length * WORDS_PER_PAGE);
    for (const words of addresses.pieces()) this.#mark(words);
    this.#before = new Uint32Array(this.#begins.length);
    let count = 0;
    for (let word = 0; word < this.#begins.length; word++) {
      this.#before[word] = count;
      count += ones(this.#begins[word]);
    }
    this.nodeCount = count;
    this.duplicates = addresses.length - count;
  }

  /** Node at an address, or undefined. */
  nodeAt(address: number): number | undefined {
    const found = new Uint32Array(1);
    this.nodesAt(Uint32Array.of(address >>> 0, address / 0x100000000), 0, 1, found);
    return found[0] === NO_NODE ? undefined : found[0];
  }

  /** Nodes at `count` addresses, which begin at `words[from]`, into `nodes[into ..]`; NO_NODE where there is none. Returns how many have none. */
  nodesAt(words: Uint32Array, from: number, count: number, nodes: Uint32Array, into = 0): number {
    const begins = this.#begins;
    const before = this.#before;
    const align = this.#alignBits;
    // No `2 ** align`: the compiler would put it into the loop, as a call for each address.
    const alignMask = (1 << align) - 1;
    const pageBits = align + SLOT_BITS;
    const pages = this.#pages;
    let lastLow = 0;
    let lastHigh = -1;
    let page = -1;
    let missing = 0;
    for (let i = into, w = from, end = into + count; i < end; i++, w += 2) {
      const low = words[w];
      const pageLow = (words[w + 1] << (32 - pageBits)) | (low >>> pageBits);
      const pageHigh = words[w + 1] >>> pageBits;
      if (pageLow !== lastLow || pageHigh !== lastHigh) {
        page = pages.find(pageLow, pageHigh);
        lastLow = pageLow;
        lastHigh = pageHigh;
      }
      const slot = (low >>> align) & SLOT_MASK;
      const word = page * WORDS_PER_PAGE + (slot >>> 5);
      const bits = page < 0 ? 0 : begins[word];
      const isObject = ((bits >>> (slot & 31)) & 1) === 1 && (low & alignMask) === 0;
      // One way for both: what a loop does for the first time late makes the compiler begin again.
      nodes[i] = isObject ? before[word] + ones(bits & ((1 << (slot & 31)) - 1)) : NO_NODE;
      missing += isObject ? 0 : 1;
    }
    return missing;
  }

  /** Puts the address of each node into `addresses[place[node]]`. */
  writeAddresses(place: Uint32Array, addresses: Float64Array): void {
    const slotBytes = 1 << this.#alignBits;
    let node = 0;
    for (let word = 0; word < this.#begins.length; word++) {
      const first = (this.#numbers[(word / WORDS_PER_PAGE) | 0] * WORDS_PER_PAGE + (word % WORDS_PER_PAGE)) * 32;
      for (let bits = this.#begins[word]; bits !== 0; bits &= bits - 1)
        addresses[place[node++]] = (first + (31 - Math.clz32(bits & -bits))) * slotBytes;
    }
  }

  #mark(words: Uint32Array): void {
    const begins = this.#begins;
    const align = this.#alignBits;
    const pageBits = align + SLOT_BITS;
    for (let w = 0; w < words.length; w += 2) {
      const low = words[w];
      const high = words[w + 1];
      const page = this.#pages.find((high << (32 - pageBits)) | (low >>> pageBits), high >>> pageBits);
      const slot = (low >>> align) & SLOT_MASK;
      begins[page * WORDS_PER_PAGE + (slot >>> 5)] |= 1 << (slot & 31);
    }
  }
}

/** Numbers of all pages with an object, ascending, each once. */
function pageNumbers(addresses: ObjectAddresses, pageBits: number): Float64Array {
  const recent = new Float64Array(RECENT_PAGES).fill(-1);
  const found = new GrowingFloat64();
  for (const words of addresses.pieces()) collectPages(words, pageBits, recent, found);
  const sorted = found.finish().sort();
  let length = 0;
  for (let i = 0; i < sorted.length; i++) if (length === 0 || sorted[i] !== sorted[length - 1]) sorted[length++] = sorted[i];
  return sorted.slice(0, length);
}

/** Adds pages to `found`. Neighbours in the file are often neighbours in memory: most repetitions are in `recent`, and left out. */
function collectPages(words: Uint32Array, pageBits: number, recent: Float64Array, found: GrowingFloat64): void {
  const pagesPerHigh = 1 << (32 - pageBits);
  for (let w = 0; w < words.length; w += 2) {
    const low = words[w] >>> pageBits;
    const page = words[w + 1] * pagesPerHigh + low;
    if (recent[low % RECENT_PAGES] === page) continue;
    recent[low % RECENT_PAGES] = page;
    found.push(page);
  }
}
