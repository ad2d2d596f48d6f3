import { EdgeKind, labelKind } from '../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { FinalizerRegistration } from '../../graph/language.ts';

/** Objects looked at for one registration: what a callback holds is small; more than this says nothing. */
const MOST_OBJECTS = 20_000;

/**
 * Path from what a registration keeps alive (callback, arguments, held values) to the object whose end it waits for: with
 * such a path it waits for ever (notes A10, after Go's checkfinalizers). Exact, no threshold. Modules and classes are not
 * entered: what they hold stays alive anyway, and that is not the finalizer's doing. Undefined when there is no such path.
 */
export function pathToOwnTarget(graph: HeapGraph, registration: FinalizerRegistration): readonly NodeIndex[] | undefined {
  const { target } = registration;
  if (target === undefined) return undefined;
  const parent = new Map<NodeIndex, NodeIndex>();
  const queue: NodeIndex[] = [];
  for (const held of registration.holds) {
    if (parent.has(held)) continue;
    parent.set(held, -1);
    queue.push(held);
  }
  for (let head = 0; head < queue.length && queue.length < MOST_OBJECTS; head++) {
    const node = queue[head];
    if (node === target) return pathFrom(parent, node);
    if (graph.language.status(graph, node).status === 'alive') continue;
    graph.language.children(graph, node, {
      child(next, label) {
        const kind = labelKind(label);
        if (kind === EdgeKind.type || parent.has(next) || graph.language.isNamespace(graph, label)) return;
        parent.set(next, node);
        queue.push(next);
      },
      absorb: () => true,
    });
  }
  return undefined;
}

function pathFrom(parent: ReadonlyMap<NodeIndex, NodeIndex>, node: NodeIndex): readonly NodeIndex[] {
  const path: NodeIndex[] = [];
  for (let at = node; at !== -1; at = parent.get(at)!) path.push(at);
  return path.reverse();
}
