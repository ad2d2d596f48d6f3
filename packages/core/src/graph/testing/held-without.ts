import { EdgeFlag } from '../edge-flags.ts';
import type { HeapGraph } from '../heap-graph.ts';

/**
 * What is still held when some nodes are taken out, by the rules of `Anchors` and `EdgeFlag` taken literally: the oracle
 * for everything that speaks of retained bytes. For heaps whose unreached nodes are garbage.
 */
export function heldWithout(graph: HeapGraph, without: ReadonlySet<number> = new Set()): Set<number> {
  const { anchors, firstEdge, edgeTarget, edgeFlags } = graph;
  const isFirstTier = firstTier(graph);
  const held = new Set<number>();
  const open = anchors.rootNode === undefined ? [...anchors.first, ...anchors.second] : [anchors.rootNode];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (without.has(node) || held.has(node)) continue;
    held.add(node);
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
      const target = edgeTarget[e];
      const crosses = node !== anchors.rootNode && isFirstTier.has(target) && !isFirstTier.has(node);
      if ((edgeFlags[e] & EdgeFlag.holdsNothing) === 0 && !crosses) open.push(target);
    }
  }
  return held;
}

function firstTier({ anchors, firstEdge, edgeTarget, edgeFlags }: HeapGraph): ReadonlySet<number> {
  const reached = new Set<number>();
  const open = [...anchors.first];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) if ((edgeFlags[e] & EdgeFlag.weak) === 0) open.push(edgeTarget[e]);
  }
  return reached;
}
