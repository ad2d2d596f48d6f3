import { NO_NODE } from './address-index.ts';

/** Stands for the type of a node whose object has not been read. */
const NO_TYPE = 0xffffffff;

/** What ATOMS, EDGES and PAIRS blocks say of each object itself, by node. */
export class ObjectColumns {
  readonly typeOf: Uint32Array;
  readonly shallowBytes: Uint32Array;
  readonly referenceCounts: Uint32Array;
  #read = 0;

  constructor(nodeCount: number) {
    this.typeOf = new Uint32Array(nodeCount).fill(NO_TYPE);
    this.shallowBytes = new Uint32Array(nodeCount);
    this.referenceCounts = new Uint32Array(nodeCount);
  }

  /** How many have been read. */
  get length(): number {
    return this.#read;
  }

  haveAll(nodes: Uint32Array, count: number): boolean {
    for (let i = 0; i < count; i++) if (nodes[i] !== NO_NODE && this.typeOf[nodes[i]] === NO_TYPE) return false;
    return true;
  }

  /**
   * Takes in the objects of one block: `words` has their sizes from `sizes` on and their reference counts from `refs` on. An
   * object whose address another had before is left out: its node becomes NO_NODE.
   */
  take(nodes: Uint32Array, count: number, type: number, words: Uint32Array, sizes: number, refs: number): void {
    const { typeOf, shallowBytes, referenceCounts } = this;
    let read = 0;
    for (let i = 0; i < count; i++) {
      const node = nodes[i];
      if (node === NO_NODE || typeOf[node] !== NO_TYPE) {
        nodes[i] = NO_NODE;
        continue;
      }
      read++;
      typeOf[node] = type;
      shallowBytes[node] = words[sizes + i]!;
      referenceCounts[node] = words[refs + i]!;
    }
    this.#read += read;
  }
}
