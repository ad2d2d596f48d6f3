import type { HeapSummary } from './heap-summary.ts';
import type { ObjectView } from './object-view.ts';

/** One type through all heaps: one entry per heap, one per step from heap to heap. */
export interface DiffRowView {
  readonly type: string;
  readonly objects: readonly number[];
  readonly shallowBytes: readonly number[];
  /** Empty where objects cannot be told apart, because the heaps are of different processes. */
  readonly steps: readonly {
    readonly newObjects: number;
    readonly freedObjects: number;
    readonly grownObjects: number;
    readonly grownBytes: number;
  }[];
}

/** Objects of one type that are new and still there, and that live inside no other such object. */
export interface SurvivorsView {
  readonly type: string;
  readonly objects: number;
  /** Kept by these objects; no byte counts in two groups. */
  readonly retainedBytes: number;
  readonly largest: ObjectView;
  /** How the largest is found: `module app → .cache → ["key"]`. */
  readonly where: string | null;
  /** What dominates them, the one with most first; null for the root. */
  readonly holders: readonly {
    readonly object: ObjectView | null;
    readonly where: string | null;
    readonly objects: number;
    readonly retainedBytes: number;
  }[];
}

/** One place (path of names from a root) through all heaps: one entry per heap. */
export interface DiffPlaceView {
  readonly path: readonly string[];
  readonly objects: readonly number[];
  readonly shallowBytes: readonly number[];
  readonly entries: readonly number[];
}

/** What a person allows a comparison to show. It is a limit, no judgement: a few heaps do not tell a leak from a cache that fills. */
export type DiffLimit =
  /** Bytes that are held, from the first heap to the last. */
  | { readonly on: 'growth'; readonly bytes: number }
  /** Bytes that survivors retain: objects that the second heap has, the first had not, and the last still has. */
  | { readonly on: 'survivors'; readonly bytes: number }
  /** Survivors of a type. */
  | { readonly on: 'survivors-of-type'; readonly type: string; readonly objects: number };

export interface DiffLimitView {
  readonly limit: DiffLimit;
  /** In the unit of the limit: bytes or objects. */
  readonly found: number;
  readonly exceeded: boolean;
  /** False where the last heap has no type of the name: nothing of it survived, or the name is wrong. */
  readonly typeKnown: boolean;
}

export interface DiffAnswer {
  readonly heaps: readonly HeapSummary[];
  /** `identity`: one process, object by object. `place`: different processes, by type and by path. */
  readonly by: 'identity' | 'place';
  readonly rows: readonly DiffRowView[];
  readonly rest: { readonly types: number; readonly objects: number; readonly shallowBytes: number };
  readonly unchangedTypes: number;
  /** Those that were asked for. */
  readonly limits: readonly DiffLimitView[];
  /** By identity: objects of the last heap that the first one did not have; of three heaps and more, only those that the second one had already. */
  readonly survivors: {
    readonly objects: number;
    readonly retainedBytes: number;
    readonly groups: readonly SurvivorsView[];
    readonly moreGroups: number;
  } | null;
  /** By place. */
  readonly places: { readonly changes: readonly DiffPlaceView[]; readonly more: number; readonly unchanged: number } | null;
}
