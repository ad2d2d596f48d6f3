import type { Frame } from '../finding.ts';
import type { PathStep } from '../path-step.ts';
import type { ObjectView } from './object-view.ts';

/** One step of a path in one heap: the object itself is at hand, unlike in a report over many dumps. */
export interface HeapPathStep extends PathStep {
  readonly object: ObjectView;
  /**
   * On the first of one or more steps that repeat, as along a linked list: they are shown once, with the objects of their last
   * repetition. The step before leads to `first`; the one after leads on from the last of the objects that are shown.
   */
  readonly repeats?: StepRepeats;
}

/** Steps of a path that lead `times` times in a row to objects of the same types, by references of the same names. */
export interface StepRepeats {
  /** At least 3. */
  readonly times: number;
  /** How many steps repeat together, from this one on: 1 to 3. */
  readonly steps: number;
  /** Handles of the first and the last object of the whole run. */
  readonly first: string;
  readonly last: string;
}

export type HeapPath = readonly HeapPathStep[];

/** Objects that are held in the same way: one path stands for all. How often a step repeats makes no other way. */
export interface HeldGroup {
  readonly objects: number;
  readonly shallowBytes: number;
  /** What would be freed with all of them. Objects inside one another count once. */
  readonly retainedBytes: number;
  /** The largest of them (of equals, one whose path shows the repetition, if there is one), and what holds it. */
  readonly example: ObjectView;
  readonly path: HeapPath;
  /** Where the example was allocated, innermost frame first; empty where not known. */
  readonly allocated: readonly Frame[];
}

/** Why one object, or the objects of one type, are alive. */
export interface PathAnswer {
  readonly asked: string;
  /** Objects that were meant. */
  readonly objects: number;
  /** Of these, how many nothing holds. */
  readonly unheld: number;
  /** How many of the held ones were looked at, the largest first; the groups speak of these. */
  readonly lookedAt: number;
  /** Largest first. */
  readonly groups: readonly HeldGroup[];
  readonly moreGroups: number;
  /** Further paths to the one object that was asked for, each through another holder. */
  readonly otherPaths: readonly HeapPath[];
  /** Where the example of the first group was allocated, innermost frame first; empty where not known. */
  readonly allocated: readonly Frame[];
}
