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
    let from = 0;
    let end = keys.length;
    while (from < end) {
      const middle = (from + end) >>> 1;
      if (keys[middle] < least + count) from = middle + 1;
      else end = middle;
    }
    return from > 0 && keys[from - 1] >= least ? keys[from - 1] - least : undefined;
  }

  #sorted(): Float64Array {
    const count = this.#nodes.length;
    return Float64Array.from(this.#nodes, (node, entry) => node * count + entry).sort();
  }
}
