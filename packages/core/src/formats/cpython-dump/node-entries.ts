import { firstPlace } from '../../graph/bisection.ts';
/**
 * Which entry of a list belongs to a node, for lists that few nodes are in: 8 bytes an entry, found by halving, put in order
 * when somebody first asks. Of several entries of one node the last counts.
 */
export class NodeEntries {
  readonly #nodes: Uint32Array;
  /** Node and entry as one number, ascending; exact as long as nodes times entries is below 2^53. */
  #keys: Float64Array | undefined;

  /** `nodes[i]` is the node of entry i. */
  constructor(nodes: Uint32Array) {
    this.#nodes = nodes;
  }

  of(node: number): number | undefined {
    const keys = (this.#keys ??= this.#sorted());
    const count = this.#nodes.length;
    const least = node * count;
    const last = firstPlace(0, keys.length, (place) => keys[place] < least + count) - 1;
    return last >= 0 && keys[last] >= least ? keys[last] - least : undefined;
  }

  #sorted(): Float64Array {
    const count = this.#nodes.length;
    return Float64Array.from(this.#nodes, (node, entry) => node * count + entry).sort();
  }
}
