import { EdgeFlag } from '../../../graph/edge-flags.ts';
import type { HeapGraph, NodeIndex } from '../../../graph/heap-graph.ts';
import type { NamedReferences } from './named-references.ts';

/** Scheduled calls of event loops. One that was cancelled has let go of its callback. */
const TIMER = /(^|\.)TimerHandle$/;
const CONTEXT = /^(_contextvars\.)?Context$/;

/**
 * Callbacks of scheduled calls with their arguments. Those of asyncio are known by name; what another loop's timers refer to
 * has no names, and counts but for the loop itself.
 */
export function alarms(
  graph: HeapGraph,
  callbacks: NamedReferences,
  callArguments: NamedReferences,
  hubs: ReadonlySet<NodeIndex>,
): NodeIndex[] {
  const { nodeCount, typeOf, types, firstEdge, edgeTarget, edgeFlags } = graph;
  const isTimer = Uint8Array.from(types, ({ displayName }) => Number(TIMER.test(displayName)));
  const found: NodeIndex[] = [];
  if (!isTimer.includes(1)) return found;
  const isNamed = new Set(callbacks.owners);
  for (const { owners, targets } of [callbacks, callArguments]) {
    owners.forEach((owner, i) => {
      if (isTimer[typeOf[owner]] === 1) found.push(targets[i]);
    });
  }
  for (let node = 0; node < nodeCount; node++) {
    if (isTimer[typeOf[node]] === 0 || isNamed.has(node)) continue;
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
      const target = edgeTarget[e];
      if ((edgeFlags[e] & EdgeFlag.describes) === 0 && !hubs.has(target) && !CONTEXT.test(types[typeOf[target]].displayName))
        found.push(target);
    }
  }
  return found;
}
