import type { NodeIndex } from '../../graph/heap-graph.ts';
import type { ThreadView, UnjudgedWaiters, Waiter } from '../../graph/waiting.ts';

/** What is known of one waiter. */
export interface JudgedWaiter {
  readonly waiter: Waiter;
  /**
   * `awake`: something that runs reaches what it waits on. `never`: nothing does, and nothing can (of a task: only to cancel
   * it is left). `cannot-tell`: something that cannot be followed may end the wait; `reason` says what.
   */
  readonly verdict: 'awake' | 'never' | 'cannot-tell';
  readonly reason: string | undefined;
  /**
   * True when no variable of the program leads to what it waits on: nobody was ever meant to end the wait. That is how a
   * program is kept from ending, and no mistake of its own; only where such waiters pile up is it one.
   */
  readonly isParked: boolean;
  /** The objects through which it alone holds what it holds: its own, and of its references those that nothing that runs reaches. */
  readonly holdsAlone: readonly NodeIndex[];
}

export interface WaiterJudgement {
  readonly waiters: readonly JudgedWaiter[];
  readonly threads: readonly ThreadView[];
  /** What waits too, and was not judged. */
  readonly unjudged: readonly UnjudgedWaiters[];
  /** Whether something that runs reaches an object, or might. */
  readonly isReached: (node: NodeIndex) => boolean;
  /** Why nothing was decided; undefined where it was. */
  readonly undecidable: string | undefined;
}
