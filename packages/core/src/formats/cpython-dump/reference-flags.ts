import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { Root } from '../../graph/heap-graph.ts';
import type { NumberedReferences } from './breadth-first-numbers.ts';

/** Flags what the program refers to of heaptrail's own: the agent alone holds that, and no path leads there. */
export function flagReferences({ firstEdge, edgeTarget, edgeFlags }: NumberedReferences, roots: readonly Root[]): void {
  const own = new Uint8Array(firstEdge.length - 1);
  const ownNodes: number[] = [];
  for (const { kind, node } of roots) {
    if (kind !== 'agent' || own[node] !== 0) continue;
    own[node] = 1;
    ownNodes.push(node);
  }
  if (ownNodes.length === 0) return;
  let next = 0;
  ownNodes.sort((a, b) => a - b);
  ownNodes.push(own.length);
  // The references of all nodes between two of heaptrail's own, at once.
  for (const node of ownNodes) {
    for (let e = firstEdge[next], end = firstEdge[node]; e < end; e++)
      if (own[edgeTarget[e]] !== 0) edgeFlags[e] |= EdgeFlag.holdsNothing | EdgeFlag.weak;
    next = node + 1;
  }
}
