import { EdgeKind, labelKind, type EdgeLabel } from '../edge-label.ts';
import type { HeapGraph, NodeIndex } from '../heap-graph.ts';
import type { Met } from './neighbourhood.ts';

/** Children that are told apart; of an object with more, the rest is only counted. */
const TOLD_APART = 100_000;

/** What a developer sees an object refer to, each once, in the object's own order. */
export function referents(graph: HeapGraph, node: NodeIndex): Met {
  const found = new Set<NodeIndex>();
  let unseen = 0;
  graph.language.children(graph, node, {
    child(target, label) {
      if (target === node || saysNothing(graph, label)) return;
      if (found.size < TOLD_APART) found.add(target);
      else unseen++;
    },
    absorb: () => true,
  });
  return { neighbours: [...found], unseen };
}

/** References to classes, and from code to its namespace: everything has them. */
export function saysNothing(graph: HeapGraph, label: EdgeLabel): boolean {
  const kind = labelKind(label);
  return kind === EdgeKind.type || (kind !== EdgeKind.unread && graph.language.isNamespace(graph, label));
}
