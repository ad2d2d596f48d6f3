import type { Walk } from '../../graph/breadth-first.ts';
import type { DominatorTree } from '../../graph/dominators/index.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';
import { inRings } from './finalizer-rings.ts';
import { heldOtherwise } from './held-otherwise.ts';
import { livesByHeldValue } from './lives-by-held-value.ts';
import { NO_REGISTRY, reachedByCallbacks } from './reached-by-callbacks.ts';
import { perhapsHeldByFinalizers } from './perhaps-held.ts';
import type { Watch, WatchedObjects } from './watched-objects.ts';

/** What keeps the target of a registration, which so never runs. */
export type HeldBy =
  /** What the registration holds, and nothing but finalizers beside it. */
  | 'held value'
  /** The callback that all registrations of its registry share, and nothing else. */
  | 'callback'
  /** What the registration holds, which something else holds too. */
  | 'held value, held elsewhere too';

export interface HeldTarget {
  readonly watch: Watch;
  readonly by: HeldBy;
}

/**
 * Targets that their own finalizers keep. Exact, no threshold: such a target is held, and would not be if each registration
 * held what it was given only while something else held its target (`heldOtherwise`), or lives by its held value alone
 * (`livesByHeldValue`). What something else holds as well is none: nobody can see yet that its finalizer will fail. Linear
 * in heap and registrations together; in a heap without such a target, mostly in the registrations alone.
 */
export function heldTargets(graph: HeapGraph, tree: DominatorTree, walk: Walk, watched: WatchedObjects): readonly HeldTarget[] {
  const alone = perhapsHeldByFinalizers(walk, watched) ? heldByFinalizersAlone(graph, watched) : [];
  const targets = new Set(alone.map(({ watch }) => watch.target));
  const others = watched.watches.filter(({ target }) => !targets.has(target));
  const elsewhere = livesByHeldValue(graph, tree, others);
  return [...alone, ...elsewhere.map((watch): HeldTarget => ({ watch, by: 'held value, held elsewhere too' }))];
}

function heldByFinalizersAlone(graph: HeapGraph, watched: WatchedObjects): HeldTarget[] {
  const reach = heldOtherwise(graph, watched);
  const { otherwise, held } = reach;
  const left = watched.watches.filter(({ target }) => held.has(target) && !otherwise.has(target));
  if (left.length === 0) return [];
  const reachedBy = reachedByCallbacks(graph, watched, reach);
  const byCallback = left.filter(({ target, registry }) => registry !== undefined && reachedBy[target] === registry.node + 1);
  const byValue = left.filter(({ target }) => reachedBy[target] === NO_REGISTRY);
  return [
    ...byCallback.map((watch): HeldTarget => ({ watch, by: 'callback' })),
    ...inRings(graph, watched, otherwise, byValue).map((watch): HeldTarget => ({ watch, by: 'held value' })),
  ];
}
