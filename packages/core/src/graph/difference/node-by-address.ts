import { slotOf } from './id-set.ts';

/** Entries of both tables are node numbers and 1 more. */
const ABSENT = 0;
/** Entries of the dense table that a node is worth. */
const ENTRIES_PER_NODE = 4;
const ENTRIES_AT_LEAST = 2 ** 16;

/**
 * Finds the node with an address or an id; of several nodes with one, the first. V8's odd ids are nearly dense and index a
 * table; all others go through a hash table over the column. 4 to 16 bytes a node, however large the numbers are.
 */
export class NodeByAddress {
  readonly #address: Float64Array | Uint32Array;
  readonly #nodeById: Uint32Array;
  readonly #slots: Uint32Array;

  constructor(address: Float64Array | Uint32Array) {
    this.#address = address;
    this.#nodeById = new Uint32Array(address instanceof Uint32Array ? denseLength(address) : 0);
    const length = this.#nodeById.length;
    let inSlots = 0;
    for (let node = 0; node < address.length; node++) if (!isDense(address[node], length)) inSlots++;
    this.#slots = new Uint32Array(slotCount(inSlots));
    for (let node = 0; node < address.length; node++) {
      if (!isDense(address[node], length)) this.#addToSlots(node);
      else if (this.#nodeById[address[node] >>> 1] === ABSENT) this.#nodeById[address[node] >>> 1] = node + 1;
    }
  }

  /** A node, or -1. */
  find(address: number): number {
    const nodeById = this.#nodeById;
    if (isDense(address, nodeById.length)) return nodeById[address >>> 1] - 1;
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = hashOf(address) & mask; slots[slot] !== ABSENT; slot = (slot + 1) & mask)
      if (this.#address[slots[slot] - 1] === address) return slots[slot] - 1;
    return -1;
  }

  #addToSlots(node: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const address = this.#address[node];
    let slot = hashOf(address) & mask;
    while (slots[slot] !== ABSENT) {
      if (this.#address[slots[slot] - 1] === address) return;
      slot = (slot + 1) & mask;
    }
    slots[slot] = node + 1;
  }
}

/** Long enough for the odd ids, unless some are so large that a table of them would be mostly empty. */
function denseLength(ids: Uint32Array): number {
  const most = Math.max(ENTRIES_AT_LEAST, ENTRIES_PER_NODE * ids.length);
  let largest = 0;
  for (const id of ids) if ((id & 1) === 1 && id >>> 1 < most && id > largest) largest = id;
  return (largest >>> 1) + 1;
}

/** `length` 0: no address is. */
function isDense(address: number, length: number): boolean {
  return length > 0 && address < 2 ** 32 && (address & 1) === 1 && address >>> 1 < length;
}

function slotCount(entries: number): number {
  let count = 16;
  while (count < 2 * entries) count *= 2;
  return count;
}

/** Addresses have up to 53 bits: both halves count. */
function hashOf(address: number): number {
  return slotOf((address ^ Math.imul((address / 2 ** 32) | 0, 0x9e3779b1)) >>> 0);
}
