import type { HeapGraph, HeapType } from '../heap-graph.ts';
import type { HeapIdentities } from './heap-identities.ts';
import { IdSet } from './id-set.ts';
import { NodeByAddress } from './node-by-address.ts';
import { isSameType } from './type-union.ts';

/** Answers whether an object was in a heap. */
export interface KnownObjects {
  has(address: number, type: HeapType): boolean;
}

/** Of V8's heap one bit an object is kept (about); of CPython's the address and type, because addresses are used again. */
export function knownObjects(heap: HeapIdentities): KnownObjects {
  if (heap.kind === 'id') {
    const ids = IdSet.of(heap.address);
    return { has: (id) => ids.has(id) };
  }
  const { address: addresses, typeOf, types } = heap;
  const index = new NodeByAddress(addresses);
  return {
    has(address, type) {
      const node = index.find(address);
      return node >= 0 && isSameType(types[typeOf[node]], type);
    },
  };
}

/**
 * The rule of three heaps (memlab, and DevTools' advice before it): marks (1) the objects of the last one that came into
 * being between the first two, and so survived what should have ended them. What is older belongs to the program's state,
 * what is younger may still be in use. O(nodes of the last heap).
 */
export function bornBetween(baseline: KnownObjects, target: KnownObjects, last: HeapGraph): Uint8Array {
  const { nodeCount, address, typeOf, types } = last;
  const marked = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const type = types[typeOf[node]];
    if (target.has(address[node], type) && !baseline.has(address[node], type)) marked[node] = 1;
  }
  return marked;
}
