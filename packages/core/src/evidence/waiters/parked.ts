import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { Waiter } from '../../graph/waiting.ts';
import type { Liveness } from './liveness.ts';

/**
 * Those of waiters that nothing can wake to whose object no variable of the program's own functions leads, in any of them,
 * other than by the wait itself: `await asyncio.Future()`. What is live does not lead there either. Linear in what they hold.
 */
export function parkedAmong(graph: HeapGraph, live: Liveness, asleep: readonly Waiter[]): ReadonlySet<Waiter> {
  const { firstEdge, edgeTarget, edgeFlags } = graph;
  const isEnd = new Set<NodeIndex>(
    asleep.flatMap(({ kind, node, chain }) => (kind === 'task' && node !== undefined ? [node, ...chain] : chain)),
  );
  const seen = new Set<NodeIndex>(asleep.flatMap(({ variables }) => variables));
  for (const node of seen) {
    if (live.isReached(node) || isEnd.has(node)) continue;
    for (let e = firstEdge[node], end = firstEdge[node + 1]; e < end; e++)
      if ((edgeFlags[e] & EdgeFlag.weak) === 0) seen.add(edgeTarget[e]);
  }
  return new Set(asleep.filter(({ waitsOn, waitsFor }) => waitsOn !== undefined && waitsFor.length === 0 && !seen.has(waitsOn)));
}
