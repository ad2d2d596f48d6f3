import { EdgeFlag } from '../edge-flags.ts';
import { EdgeKind, labelKind, type EdgeLabel } from '../edge-label.ts';
import type { HeapGraph, NodeIndex } from '../heap-graph.ts';
import type { Met } from './neighbourhood.ts';

/** Children that are told apart; of an object with more, the rest is only counted. */
const TOLD_APART = 100_000;

/**
 * What a developer sees an object refer to, each once, in the object's own order. Of what belongs to the runtime (code, scopes of
 * files), only from its like.
 */
export function referents(graph: HeapGraph, node: NodeIndex): Met {
  const { language } = graph;
  const isRuntime = language.role(graph, node) === 'runtime';
  const described = describedBy(graph, node);
  const found = new Set<NodeIndex>();
  let unseen = 0;
  language.children(graph, node, {
    child(target, label) {
      if (target === node || saysNothing(graph, label) || described.has(target)) return;
      if (!isRuntime && language.role(graph, target) === 'runtime') return;
      if (found.size < TOLD_APART) found.add(target);
      else unseen++;
    },
    absorb: () => true,
  });
  return { neighbours: [...found], unseen };
}

/** What an object refers to only because it is described by it: its hidden class. */
export function describedBy({ firstEdge, edgeTarget, edgeFlags }: HeapGraph, node: NodeIndex): ReadonlySet<NodeIndex> {
  const found = new Set<NodeIndex>();
  const isDescription = (e: number): boolean => (edgeFlags[e] & EdgeFlag.describes) !== 0;
  for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) if (isDescription(e)) found.add(edgeTarget[e]);
  if (found.size > 0) for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) if (!isDescription(e)) found.delete(edgeTarget[e]);
  return found;
}

/** References to classes, and from code to its namespace: everything has them. */
export function saysNothing(graph: HeapGraph, label: EdgeLabel): boolean {
  const kind = labelKind(label);
  return kind === EdgeKind.type || (kind !== EdgeKind.unread && graph.language.isNamespace(graph, label));
}
