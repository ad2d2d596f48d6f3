import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { WaitingState } from '../../graph/waiting.ts';
import type { Liveness } from './liveness.ts';

/**
 * Reaches what is held by what runs: modules, the runtime, functions that run, native code. References of waiting threads
 * are taken off what is held from outside: what is held by nothing else is no root. Where that sum does not come out, it
 * is one. A waiter that a running function or native code has in its hands is awake: it is what they wait for.
 */
export function reachFirstRoots(graph: HeapGraph, state: WaitingState, live: Liveness): void {
  const ownRoots = new Set(state.waiters.flatMap((waiter) => waiter.ownRoots));
  const explained = new Map<NodeIndex, number>();
  for (const { holds } of state.waiters) for (const node of holds) explained.set(node, (explained.get(node) ?? 0) + 1);
  graph.roots.forEach(({ kind, node }, i) => {
    if (kind === 'agent' || ownRoots.has(i)) return;
    if (kind === 'native' && explained.get(node) !== undefined && explained.get(node) === state.outside.get(node)) return;
    live.reach(node);
    const waiter = kind === 'native' || kind === 'frame' ? live.waiterAt(node) : undefined;
    if (waiter !== undefined && state.waiters[waiter].kind === 'task') live.wake(waiter);
  });
}

/** Reaches what nothing holds: when the collector takes it, its finalizers may still act on what it refers to. */
export function reachGarbage({ nodeCount, firstEdge, edgeTarget, anchors }: HeapGraph, live: Liveness): void {
  if (anchors.unreached !== 'garbage') return;
  const held = new Uint8Array(nodeCount);
  const queue = new Uint32Array(nodeCount);
  let length = 0;
  const hold = (node: NodeIndex): void => {
    if (held[node] === 1) return;
    held[node] = 1;
    queue[length++] = node;
  };
  anchors.first.forEach(hold);
  anchors.second.forEach(hold);
  while (length > 0) {
    const node = queue[--length];
    for (let e = firstEdge[node], end = firstEdge[node + 1]; e < end; e++) {
      const target = edgeTarget[e];
      if (held[target] === 1) continue;
      held[target] = 1;
      queue[length++] = target;
    }
  }
  for (let node = 0; node < nodeCount; node++) {
    if (held[node] === 1) continue;
    live.reach(node);
    const waiter = live.waiterAt(node);
    if (waiter !== undefined) live.wake(waiter);
  }
}
