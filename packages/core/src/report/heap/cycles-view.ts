import type { ObjectView } from './object-view.ts';

/** One object of a cycle, and the reference from it to the next one; from the last to the first. */
export interface CycleStepView {
  readonly object: ObjectView;
  readonly reference: string;
}

/** Knots of references (each object of a knot leads to every other) that go the same way. */
export interface CycleKindView {
  /** Types and references of the shortest cycle, sorted: the same from run to run. */
  readonly signature: string;
  readonly state: 'reachable' | 'garbage';
  /** Null for what is reachable, and so is not to be freed. */
  readonly freedBy: 'collector' | 'nothing' | null;
  readonly knots: number;
  readonly objects: number;
  readonly largestKnot: number;
  readonly shallowBytes: number;
  readonly retainedBytes: number;
  readonly finalizers: {
    /** Objects whose class has a finalizer of its own (`__del__`). */
    readonly objects: number;
    readonly types: readonly { readonly type: string; readonly objects: number }[];
    /** Objects that a registered finalizer watches. */
    readonly watched: number;
  };
  /** The shortest cycle of the smallest knot. */
  readonly example: readonly CycleStepView[];
  readonly omittedSteps: number;
  /** False when the search was cut: a shorter cycle may be in the knot. */
  readonly isShortest: boolean;
}

export interface CycleTotalsView {
  readonly knots: number;
  readonly objects: number;
  readonly shallowBytes: number;
  readonly retainedBytes: number;
}

export interface CyclesAnswer {
  /** Most retained first. */
  readonly kinds: readonly CycleKindView[];
  readonly moreKinds: number;
  readonly reachable: CycleTotalsView;
  readonly garbage: CycleTotalsView;
  /** Knots in which the search for a shortest cycle was cut. */
  readonly cutSearches: number;
}
