import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';

/** Tells which objects of the last heap were not there in the first: a sorted column of addresses, 8 bytes an object, looked up by halving. */
export function newcomers(graph: HeapGraph, firstAddresses: HeapGraph['address']): (node: NodeIndex) => boolean {
  // Sorted when somebody asks: most sessions have no two growing places to compare.
  let known: HeapGraph['address'] | undefined;
  return (node) => {
    known ??= firstAddresses.slice().sort();
    const address = graph.address[node];
    let low = 0;
    let high = known.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (known[middle] < address) low = middle + 1;
      else high = middle;
    }
    return known[low] !== address;
  };
}
