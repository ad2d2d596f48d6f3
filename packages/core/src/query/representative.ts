import type { Growth, PlaceId } from '../evidence/growth/index.ts';
import type { HeapGraph, NodeIndex } from '../graph/heap-graph.ts';
import type { FinalizerRegistration } from '../graph/language.ts';
import { EdgeKind, labelKind } from '../graph/edge-label.ts';
import type { Walk } from '../graph/breadth-first.ts';

/** The member that stands for a growth: what a person would say is piling up. */
export interface Representative {
  readonly place: PlaceId;
  readonly nodes: readonly NodeIndex[];
  readonly type: string;
}

/** Finalizers before anything else; values before keys; objects of the program before texts and numbers; many before few. Undefined where only entries rise. */
export function representativeOf(
  graph: HeapGraph,
  walk: Walk,
  growth: Growth,
  finalizerByRegistration: ReadonlyMap<NodeIndex, FinalizerRegistration>,
): Representative | undefined {
  const ranked = [...growth.concrete.newNodes]
    .filter(([, nodes]) => nodes.length > 0)
    .map(([place, nodes]) => ({ place, nodes, rank: rankOf(graph, walk, nodes[0], finalizerByRegistration) }))
    .sort((a, b) => a.rank - b.rank || b.nodes.length - a.nodes.length || a.place - b.place);
  const best = ranked[0];
  return best === undefined
    ? undefined
    : { place: best.place, nodes: best.nodes, type: graph.types[graph.typeOf[best.nodes[0]]].displayName };
}

function rankOf(
  graph: HeapGraph,
  walk: Walk,
  node: NodeIndex,
  finalizerByRegistration: ReadonlyMap<NodeIndex, FinalizerRegistration>,
): number {
  if (finalizerByRegistration.has(node)) return 0;
  const role = graph.language.role(graph, node);
  const isKey = labelKind(walk.parentLabel[node]) === EdgeKind.internal;
  return (role === 'weak' ? 5 : role === 'constant' ? 3 : 1) + (isKey ? 1 : 0);
}
