import { instancesInKeys, type Growth, type GrowthResult, type PlaceId } from '../evidence/growth/index.ts';
import type { NodeIndex } from '../graph/heap-graph.ts';
import type { FinalizerRegistration } from '../graph/language.ts';
import { EdgeKind, labelKind } from '../graph/edge-label.ts';

type Heap = GrowthResult['heap'];

/** The member that stands for a growth: what a person would say is piling up. */
export interface Representative {
  readonly place: PlaceId;
  readonly nodes: readonly NodeIndex[];
  readonly type: string;
  /** True for instances that the keys are made of: they hang on a key, not on the holder, and are as many as they are. */
  readonly inKeys: boolean;
}

/** Below it stand objects of the program, from it on texts and numbers. */
const PLAIN_RANK = 3;

/**
 * Finalizers before anything else; values before keys; objects of the program before texts and numbers; many before few.
 * Instances that plain keys are made of come before plain values, and in a memo before any: of `(self, 1)` → 200, it is `self`
 * that weighs. Undefined where only entries rise.
 */
export function representativeOf(
  heap: Heap,
  growth: Growth,
  finalizerByRegistration: ReadonlyMap<NodeIndex, FinalizerRegistration>,
): Representative | undefined {
  const { graph } = heap;
  const ranked = [...growth.concrete.newNodes]
    .filter(([, nodes]) => nodes.length > 0)
    .map(([place, nodes]) => ({ place, nodes, rank: rankOf(heap, nodes[0], finalizerByRegistration) }))
    .sort((a, b) => a.rank - b.rank || b.nodes.length - a.nodes.length || a.place - b.place);
  const best = ranked[0];
  if (best === undefined) return undefined;
  const inKeys = best.rank >= PLAIN_RANK || isMemo(heap, growth) ? instancesInKeys(heap, growth) : undefined;
  const { place, nodes } = inKeys ?? best;
  return { place, nodes, type: graph.types[graph.typeOf[nodes[0]]].displayName, inKeys: inKeys !== undefined };
}

function isMemo({ graph, walk }: Heap, { concrete: { holder } }: Growth): boolean {
  const owner = holder === undefined ? -1 : walk.parent[holder];
  return owner >= 0 && graph.language.role(graph, owner) === 'cache';
}

function rankOf({ graph, walk }: Heap, node: NodeIndex, finalizerByRegistration: ReadonlyMap<NodeIndex, FinalizerRegistration>): number {
  if (finalizerByRegistration.has(node)) return 0;
  const role = graph.language.role(graph, node);
  const isKey = labelKind(walk.parentLabel[node]) === EdgeKind.internal;
  return (role === 'weak' ? 5 : role === 'constant' ? PLAIN_RANK : 1) + (isKey ? 1 : 0);
}
