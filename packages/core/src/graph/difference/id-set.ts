/** Bits of the dense part that an expected object is worth: 8 bytes, as much as the hash needs. */
const BITS_PER_OBJECT = 64;
const BITS_AT_LEAST = 2 ** 20;
const EMPTY = 0;

/**
 * A set of V8's object ids. Ids of JavaScript objects are odd and nearly dense: one bit each. Ids of native objects are
 * even hashes of up to 32 bits, and a damaged file may have any: those are in a hash table, so that the memory is bounded
 * by how many ids there are and not by how large they are (one bit for each of 2^32 ids took 512 MB).
 */
export class IdSet {
  #bits: Uint32Array;
  readonly #mostBits: number;
  #slots = new Uint32Array(1024);
  #inSlots = 0;
  #hasZero = false;

  /** `expected`: how many ids will be added, about. */
  constructor(expected: number) {
    this.#mostBits = Math.max(BITS_AT_LEAST, expected * BITS_PER_OBJECT);
    this.#bits = new Uint32Array(BITS_AT_LEAST / 32);
  }

  static of(ids: ArrayLike<number>): IdSet {
    const set = new IdSet(ids.length);
    for (let i = 0; i < ids.length; i++) set.add(ids[i]);
    return set;
  }

  add(id: number): void {
    const position = id >>> 1;
    if ((id & 1) === 0 || position >= this.#mostBits) {
      this.#addToSlots(id);
      return;
    }
    const word = position >>> 5;
    if (word >= this.#bits.length) this.#growBits(word);
    this.#bits[word] |= 1 << (position & 31);
  }

  has(id: number): boolean {
    const position = id >>> 1;
    if ((id & 1) === 1 && position < this.#mostBits) return (this.#bits[position >>> 5] & (1 << (position & 31))) !== 0;
    if (id === EMPTY) return this.#hasZero;
    const mask = this.#slots.length - 1;
    for (let slot = slotOf(id) & mask; this.#slots[slot] !== EMPTY; slot = (slot + 1) & mask) if (this.#slots[slot] === id) return true;
    return false;
  }

  /** What the set takes in memory. */
  get sizeBytes(): number {
    return this.#bits.byteLength + this.#slots.byteLength;
  }

  #growBits(word: number): void {
    const longer = new Uint32Array(Math.min(this.#mostBits / 32, Math.max(word + 1, this.#bits.length * 2)));
    longer.set(this.#bits);
    this.#bits = longer;
  }

  #addToSlots(id: number): void {
    if (id === EMPTY) {
      this.#hasZero = true;
      return;
    }
    if (2 * (this.#inSlots + 1) > this.#slots.length) this.#growSlots();
    const mask = this.#slots.length - 1;
    let slot = slotOf(id) & mask;
    while (this.#slots[slot] !== EMPTY) {
      if (this.#slots[slot] === id) return;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = id;
    this.#inSlots++;
  }

  #growSlots(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    this.#inSlots = 0;
    for (const id of old) if (id !== EMPTY) this.#addToSlots(id);
  }
}

/** Spreads 32 bits (the finalizer of MurmurHash3). */
export function slotOf(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
