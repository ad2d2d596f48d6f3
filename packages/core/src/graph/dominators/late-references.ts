import { EdgeFlag } from '../edge-flags.ts';
import type { HeapGraph } from '../heap-graph.ts';
import type { DepthFirstTree } from './depth-first.ts';

/** Predecessors by number: those of w are `source[first[w] .. first[w + 1]]`. Back and cross references only: the others are in `semi` already. */
export interface LateReferences {
  readonly first: Uint32Array;
  readonly source: Uint32Array;
}

/** A counting sort by target over the counts that the walk took; uses up `lateReferences` and `scratch` of the tree. */
export function lateReferences(graph: HeapGraph, tree: DepthFirstTree): LateReferences {
  const { firstEdge, edgeTarget, edgeFlags } = graph;
  const { number, node, count, lateReferences: first, scratch: next, tiers } = tree;
  for (let i = 1; i <= count; i++) first[i + 1] += first[i];
  next.set(first.subarray(0, count + 1));
  const source = new Uint32Array(first[count + 1]);
  const { end: tierEnd, strays } = tiers;
  for (let i = 2; i <= count; i++) {
    const from = node[i];
    const isForeign = i > tierEnd && strays?.[from] !== 1;
    const barrier = isForeign ? tierEnd : 1;
    for (let e = firstEdge[from], end = firstEdge[from + 1]; e < end; e++) {
      if (edgeFlags[e] >= EdgeFlag.holdsNothing) continue;
      const target = edgeTarget[e];
      const to = number[target];
      if (to >= i || to <= barrier) continue;
      if (isForeign && strays?.[target] === 1) continue;
      source[next[to]++] = i;
    }
  }
  return { first, source };
}
