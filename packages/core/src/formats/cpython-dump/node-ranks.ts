import { ones } from './ones.ts';

/** A set of nodes, each with its rank among them: two bits for each node that there is, so that looking stays in the processor's cache. */
export class NodeRanks {
  /** How many nodes are in the set. */
  readonly count: number;
  readonly #bits: Uint32Array;
  /** How many are in the words before each. */
  readonly #before: Uint32Array;

  /** `nodes` below `nodeCount`, in any order, as often as one likes. */
  constructor(nodes: Uint32Array, nodeCount: number) {
    const bits = new Uint32Array((nodeCount + 31) >>> 5);
    const before = new Uint32Array(bits.length);
    for (let i = 0; i < nodes.length; i++) bits[nodes[i] >>> 5] |= 1 << (nodes[i] & 31);
    let count = 0;
    for (let word = 0; word < bits.length; word++) {
      before[word] = count;
      count += ones(bits[word]);
    }
    this.count = count;
    this.#bits = bits;
    this.#before = before;
  }

  /** -1 for a node that is not in the set. */
  of(node: number): number {
    const bits = this.#bits[node >>> 5];
    const bit = node & 31;
    return ((bits >>> bit) & 1) === 0 ? -1 : this.#before[node >>> 5] + ones(bits & ((1 << bit) - 1));
  }
}
