import { placeOf } from '../../graph/bisection.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';

/** Tells which objects of the last heap were not there in the first: a sorted column of addresses, 8 bytes an object, looked up by halving. */
export function newcomers(graph: HeapGraph, firstAddresses: HeapGraph['address']): (node: NodeIndex) => boolean {
  // Sorted when somebody asks: most sessions have no two growing places to compare.
  let known: HeapGraph['address'] | undefined;
  return (node) => {
    known ??= firstAddresses.slice().sort();
    return placeOf(known, graph.address[node]) < 0;
  };
}
