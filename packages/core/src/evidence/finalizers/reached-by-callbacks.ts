import { EdgeFlag } from '../../graph/edge-flags.ts';
import { GrowingUint32 } from '../../graph/growing-column.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { HeldOtherwise } from './held-otherwise.ts';
import { HOLDER, TARGET, type WatchedObjects } from './watched-objects.ts';

/** Reached by the callbacks of more than one registry. */
export const SEVERAL = 0xffffffff;
export const NO_REGISTRY = 0;

/**
 * For each object that lives by finalizers alone, which registry's callback leads to it: the registry's node plus one,
 * SEVERAL, or NO_REGISTRY. The callback of a registry is held as long as the registry, whatever becomes of the targets. So
 * for the targets of other registries it is a holder like any; for its own it is what they would have to outlive. A mark
 * only ever grows from none over one to several, so each node is walked from at most twice: O(nodes + edges).
 */
export function reachedByCallbacks(graph: HeapGraph, watched: WatchedObjects, { otherwise }: HeldOtherwise): Uint32Array {
  const { firstEdge, edgeTarget, edgeFlags } = graph;
  const { marks } = watched;
  const by = new Uint32Array(graph.nodeCount);
  const open = new GrowingUint32();
  const mark = (node: NodeIndex, registry: number): void => {
    if (otherwise.has(node) || by[node] === registry || by[node] === SEVERAL) return;
    by[node] = by[node] === NO_REGISTRY ? registry : SEVERAL;
    open.push(node);
  };
  for (const [registry, callback] of watched.callbackOf) {
    if (otherwise.has(registry)) mark(callback, registry + 1);
    while (open.length > 0) {
      const node = open.pop();
      const registryOf = by[node];
      const isHolder = (marks[node] & HOLDER) !== 0;
      for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
        const target = edgeTarget[edge];
        if (edgeFlags[edge] >= EdgeFlag.holdsNothing || (isHolder && watched.by(node)?.held.includes(target) === true)) continue;
        mark(target, registryOf);
      }
      if ((marks[node] & TARGET) !== 0) for (const { held } of watched.of(node)) for (const each of held) mark(each, registryOf);
    }
  }
  return by;
}
