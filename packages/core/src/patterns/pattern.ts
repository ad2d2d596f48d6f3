import type { Growth, PlacedHeap } from '../evidence/growth/index.ts';
import type { WaiterResult } from '../evidence/waiters/index.ts';
import type { FinalizerRegistration, CollectionBound } from '../graph/language.ts';
import type { HeapGraph, NodeIndex } from '../graph/heap-graph.ts';

/** Everything known of one growth, for rules to look at. Nothing in it names a package. */
export interface GrowthEvidence {
  readonly graph: HeapGraph;
  readonly heap: PlacedHeap;
  readonly growth: Growth;
  /** New objects under the holder, of the member that stands for the growth: the values of a dict rather than its keys. */
  readonly objects: readonly NodeIndex[];
  /** All registered finalizers, by the object that stands for the registration. */
  readonly finalizerByRegistration: ReadonlyMap<NodeIndex, FinalizerRegistration>;
  readonly bound: CollectionBound | undefined;
  /** Tasks and threads that never wake, where the runtime shows them. */
  readonly waiters?: WaiterResult | undefined;
}

/** One mistake that heaptrail knows by name. */
export interface Pattern {
  /** Public id, as in the catalogue; never changes its meaning. */
  readonly id: string;
  /** The mistake in one sentence. */
  readonly title: string;
  /** What to do instead. */
  readonly fix: string;
  /** Undefined when the evidence is not this mistake. Never a guess: a leak that no rule knows is reported by its path. */
  match(evidence: GrowthEvidence): PatternMatch | undefined;
}

export interface PatternMatch {
  /** In a reader's words. */
  readonly title: string;
  readonly evidence: readonly string[];
  readonly against: readonly string[];
  /** True when no threshold was involved: the object can never be freed. */
  readonly exact: boolean;
  /** Names that tell this leak from others of its kind, in place of its path: for what may be held in more than one way. */
  readonly identity?: readonly string[];
  /** Keys of the groups of waiters that this growth consists of. */
  readonly groups?: readonly string[];
}
