import type { NodeIndex, Root } from '../../graph/heap-graph.ts';
import type { PathStep } from '../../graph/shortest-paths.ts';

/** Something that keeps much of a heap. Node indices, sizes and counts; faces write the words. */
export interface Suspect {
  /** `single`: objects that each pass the threshold alone, held in one way. `group`: many objects of one type that pass it together. */
  readonly kind: 'single' | 'group';
  /** True when it keeps more than the threshold; otherwise it is only among the largest. */
  readonly passes: boolean;
  readonly type: number;
  /** Objects that none of the others keeps alive. */
  readonly objects: number;
  /** Kept by all of them; no byte belongs to two suspects. */
  readonly retainedBytes: number;
  /** The largest of the objects. */
  readonly sample: readonly NodeIndex[];
  /** Where it piles up; undefined for a group without a common holder. */
  readonly accumulation: AccumulationPoint | undefined;
  /** How the accumulation point is held (without one, the largest object); undefined where no walk from the roots reaches it. */
  readonly path: SuspectPath | undefined;
  /** `path` without what differs from run to run; equal for suspects that are held in the same way. */
  readonly signature: string;
  /** The nearest thing on the path, from the accumulation point up, that the developer wrote. */
  readonly owner: SuspectOwner | undefined;
}

/** The object up to which one child keeps nearly everything, and below which it spreads out. */
export interface AccumulationPoint {
  readonly node: NodeIndex;
  /** For a group: of the members that it leads to, which need not live through it alone. */
  readonly retainedBytes: number;
  /** Members of the group that were looked at, and how many of them the point leads to; for a single, the object itself. */
  readonly members: number;
  readonly coveredMembers: number;
  /** Above 0 where the object is the head of a chain (a linked list, promises that wait for each other) that piles up: its length. */
  readonly chainedObjects: number;
  /** What it immediately dominates, the largest types first, each with one of its objects. */
  readonly below: readonly {
    readonly type: number;
    readonly objects: number;
    readonly retainedBytes: number;
    readonly sample: NodeIndex;
  }[];
  readonly belowObjects: number;
}

export interface SuspectPath {
  readonly root: Root;
  /** From the root's own node to the accumulation point; of a long path its two ends. */
  readonly steps: readonly PathStep[];
  /** Steps left out in the middle, after the first half of `steps`. */
  readonly omittedSteps: number;
}

export interface SuspectOwner {
  readonly node: NodeIndex;
  /** What makes it the developer's: the module of its type, the module it is, the function whose variable it is. */
  readonly by: 'type' | 'module' | 'frame';
  readonly name: string;
}

export interface Suspects {
  /** What is held, without heaptrail's own. */
  readonly usedBytes: number;
  readonly thresholdBytes: number;
  /** Those that pass the threshold, most retained first; when there are none, the largest few. */
  readonly suspects: readonly Suspect[];
}
