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

export interface DiffAnswer {
  readonly heaps: readonly HeapSummary[];
  /** `identity`: one process, object by object. `place`: different processes, by type and by path. */
  readonly by: 'identity' | 'place';
  readonly rows: readonly DiffRowView[];
  readonly rest: { readonly types: number; readonly objects: number; readonly shallowBytes: number };
  readonly unchangedTypes: number;
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
