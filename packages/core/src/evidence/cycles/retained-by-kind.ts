import { dominators, type DominatorTree } from '../../graph/dominators/index.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';
import { NO_GROUP, retainedByGroup } from '../../graph/histogram/index.ts';
import { unreachedGraph } from '../../graph/unreached/index.ts';
import { NO_KIND, type KindTable } from './kind-table.ts';

export interface RetainedByKind {
  readonly bytesByKind: Float64Array;
  /** Kept by members of any knot, none of it twice. */
  readonly reachableBytes: number;
  readonly garbageBytes: number;
}

/**
 * What the knots of each kind keep. For reachable ones by the dominator tree; garbage is in no such tree, so it gets one of
 * its own, below what no other garbage refers to. There, what live objects hold too does not count: it will not be freed.
 */
export function retainedByKind(graph: HeapGraph, tree: DominatorTree, kindOfNode: Uint32Array, table: KindTable): RetainedByKind {
  const bytesByKind = retainedByGroup(tree, kindOfNode, table.size);
  const reachableBytes = retainedByGroup(tree, inAny(kindOfNode), 1)[0];
  let garbageBytes = 0;
  if (table.totals('garbage').knots > 0) {
    const garbage = unreachedGraph(graph, tree);
    const garbageTree = dominators(garbage.graph);
    const kindOfGarbage = garbage.nodeOf.map((node) => kindOfNode[node]);
    const bytes = retainedByGroup(garbageTree, kindOfGarbage, table.size);
    // A kind is either reachable or garbage.
    for (let kind = 0; kind < table.size; kind++) bytesByKind[kind] += bytes[kind];
    garbageBytes = retainedByGroup(garbageTree, inAny(kindOfGarbage), 1)[0];
  }
  return { bytesByKind, reachableBytes, garbageBytes };
}

function inAny(kindOf: Uint32Array): Uint32Array {
  return kindOf.map((kind) => (kind === NO_KIND ? NO_GROUP : 0));
}
