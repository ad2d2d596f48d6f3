import { GrowingUint32 } from '../growing-column.ts';

/**
 * Tuples of four integers (0 to 2^32 - 1) by number: equal ones share an id, given in the order of first sight. Open
 * addressing over columns, about 24 bytes a tuple, no object for any of them.
 */
export class TupleTable {
  readonly #columns = [new GrowingUint32(), new GrowingUint32(), new GrowingUint32(), new GrowingUint32()] as const;
  /** Id plus one; 0 is a free place. */
  #slots = new Uint32Array(1024);

  get size(): number {
    return this.#columns[0].length;
  }

  intern(a: number, b: number, c: number, d: number): number {
    const slot = this.#find(a, b, c, d);
    const known = this.#slots[slot];
    if (known !== 0) return known - 1;
    const id = this.size;
    const values = [a, b, c, d];
    this.#columns.forEach((column, at) => column.push(values[at]));
    this.#slots[slot] = id + 1;
    if (this.size * 2 > this.#slots.length) this.#grow();
    return id;
  }

  /** The columns so far, one value a tuple. */
  finish(): readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array] {
    const [a, b, c, d] = this.#columns;
    return [a.finish(), b.finish(), c.finish(), d.finish()];
  }

  #find(a: number, b: number, c: number, d: number): number {
    const [as, bs, cs, ds] = this.#columns;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = spread(a, b, c, d) & mask;
    for (;;) {
      const id = slots[slot] - 1;
      if (id < 0 || (as.at(id) === a && bs.at(id) === b && cs.at(id) === c && ds.at(id) === d)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const [as, bs, cs, ds] = this.#columns;
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let id = 0; id < this.size; id++) this.#slots[this.#find(as.at(id), bs.at(id), cs.at(id), ds.at(id))] = id + 1;
  }
}

/** Lines and ids are small neighbours: every bit of them has to reach the low bits (mixing steps of MurmurHash3). */
function spread(a: number, b: number, c: number, d: number): number {
  return scramble(mix(mix(mix(mix(0, a), b), c), d));
}

function mix(hash: number, value: number): number {
  let word = Math.imul(value, 0xcc9e2d51);
  word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
  const mixed = hash ^ word;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function scramble(hash: number): number {
  let word = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}
