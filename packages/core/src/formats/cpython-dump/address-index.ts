/** From address to node: open addressing over typed arrays, about 8 bytes an object. Built once, then only read. */
export class AddressIndex {
  readonly #addresses: Float64Array;
  readonly #slots: Uint32Array;
  readonly #mask: number;
  /** How many objects had an address that an earlier one had already; they cannot be reached by address. */
  readonly duplicates: number;

  constructor(addresses: Float64Array) {
    let size = 16;
    while (size < addresses.length * 2) size *= 2;
    this.#addresses = addresses;
    this.#slots = new Uint32Array(size);
    this.#mask = size - 1;
    let duplicates = 0;
    for (let node = 0; node < addresses.length; node++) {
      const slot = this.#find(addresses[node]);
      if (this.#slots[slot] === 0) this.#slots[slot] = node + 1;
      else duplicates++;
    }
    this.duplicates = duplicates;
  }

  /** Node at an address, or -1. */
  nodeAt(address: number): number {
    return this.#slots[this.#find(address)] - 1;
  }

  #find(address: number): number {
    // Objects are 16-byte aligned: low bits carry nothing; the multiplication spreads neighbours.
    let slot = (Math.imul((address / 16) | 0, 0x9e3779b1) ^ (address / 0x1000000000)) & this.#mask;
    for (;;) {
      const entry = this.#slots[slot];
      if (entry === 0 || this.#addresses[entry - 1] === address) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}
