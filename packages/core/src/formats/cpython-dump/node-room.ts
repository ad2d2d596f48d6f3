import type { AddressIndex } from './address-index.ts';
import type { PayloadReader } from './payload-reader.ts';

/** Turns the columns of addresses of one block after another into nodes, in room that is used again. */
export class NodeRoom {
  readonly #index: AddressIndex;
  #nodes = new Uint32Array();

  constructor(index: AddressIndex) {
    this.#index = index;
  }

  /** Nodes of the next column of addresses, good until the next call. */
  read(reader: PayloadReader, count: number): Uint32Array {
    const addresses = reader.u64s(count);
    this.#nodes = roomFor(this.#nodes, count);
    this.#index.nodesAt(reader.words, addresses, count, this.#nodes);
    return this.#nodes;
  }
}

/** The given room where it is large enough, a larger one otherwise. */
export function roomFor(room: Uint32Array<ArrayBuffer>, count: number): Uint32Array<ArrayBuffer> {
  return room.length >= count ? room : new Uint32Array(count + (count >>> 1));
}
