import type { Frame } from '../finding.ts';
import type { HeapPath } from './heap-path.ts';
import type { ObjectView } from './object-view.ts';

/** Something that keeps much of a heap. One heap alone cannot say that it leaks: it may be what the program is for. */
export interface SuspectView {
  /** `single`: objects that each pass the threshold alone. `group`: many objects of one type that pass it together. */
  readonly kind: 'single' | 'group';
  /** False where nothing passes the threshold, and this is only among the largest. */
  readonly passes: boolean;
  readonly type: string;
  readonly objects: number;
  /** No byte belongs to two suspects. */
  readonly retainedBytes: number;
  readonly sample: readonly ObjectView[];
  /** Where it piles up; null for a group without a common holder. */
  readonly pilesUpIn: {
    readonly object: ObjectView;
    readonly retainedBytes: number;
    /** Above 0 where the object is the head of a chain: its length. */
    readonly chainedObjects: number;
    /** Of a group: members that were looked at, and how many of them are reached through it. */
    readonly members: number;
    readonly coveredMembers: number;
    /** What it keeps, the largest types first. */
    readonly below: readonly { readonly type: string; readonly objects: number; readonly retainedBytes: number }[];
    readonly belowObjects: number;
  } | null;
  readonly path: HeapPath;
  readonly omittedSteps: number;
  /** The nearest thing on the path that the developer wrote. */
  readonly owner: { readonly by: 'type' | 'module' | 'frame'; readonly name: string } | null;
  /** Where the largest object was allocated, innermost frame first; empty where not known. */
  readonly allocated: readonly Frame[];
}

export interface SuspectsAnswer {
  readonly usedBytes: number;
  readonly thresholdBytes: number;
  readonly suspects: readonly SuspectView[];
}
