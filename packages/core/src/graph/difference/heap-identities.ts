import type { DominatorTree } from '../dominators/index.ts';
import type { HeapGraph, HeapType } from '../heap-graph.ts';
import { ownObjectsFrom } from '../own-objects.ts';

/**
 * What stays of a heap for a comparison: who was there, of which type and how large. The columns are those of the graph,
 * so that its edges, by far the larger part, can go before the next heap is read.
 */
export interface HeapIdentities {
  /** `id`: never used twice by one process (V8). `address`: used again after an object's death, so the type must be the same too (CPython). */
  readonly kind: 'id' | 'address';
  readonly address: Float64Array | Uint32Array;
  readonly typeOf: Uint32Array;
  readonly shallowBytes: Uint32Array | Float64Array;
  readonly types: readonly HeapType[];
  /** 1 for objects that are not to be compared: heaptrail's own. Undefined where there are none. */
  readonly leftOut: Uint8Array | undefined;
}

/** With a dominator tree, heaptrail's own objects are left out: they differ from dump to dump, and are no affair of the program. */
export function identitiesOf(graph: HeapGraph, tree?: DominatorTree): HeapIdentities {
  const { address, typeOf, shallowBytes, types } = graph;
  // Ids have 32 bits; addresses do not fit (`HeapGraph.address`).
  const kind = address instanceof Uint32Array ? 'id' : 'address';
  return { kind, address, typeOf, shallowBytes, types, leftOut: tree === undefined ? undefined : ownObjects(graph, tree) };
}

function ownObjects(graph: HeapGraph, tree: DominatorTree): Uint8Array | undefined {
  const first = ownObjectsFrom(graph, tree);
  if (first > tree.count) return undefined;
  const own = new Uint8Array(graph.nodeCount);
  for (let number = first; number <= tree.count; number++) own[tree.node[number]] = 1;
  return own;
}
