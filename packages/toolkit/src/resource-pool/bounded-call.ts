import { type Clock } from '../clock/clock.ts';
import { LONGEST_DELAY_MS } from './alarm.ts';
import { PoolCallTimeoutError } from './pool-errors.ts';

/** What becomes of one call of the factory. Exactly one of `done` and `failed` is called, and once. */
export interface CallOutcome<T> {
  done(value: T): void;
  failed(error: unknown): void;
  /** A value that came after `failed`: somebody has to end it. */
  readonly late?: (value: T) => void;
}

export interface BoundedCall {
  /** Fails the call now, unless it has settled. */
  giveUp(error: unknown): void;
}

export interface CallBounds {
  readonly operation: 'create' | 'validate' | 'reset' | 'destroy';
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly keepsProcessAlive?: boolean;
}

/** Calls `run`, and answers at once when it is synchronous; else waits for its promise, no longer than the bounds allow. */
export function callWithin<T>(bounds: CallBounds, run: () => T | PromiseLike<T>, outcome: CallOutcome<T>): BoundedCall | undefined {
  let value: T | PromiseLike<T>;
  try {
    value = run();
  } catch (error) {
    outcome.failed(error);
    return undefined;
  }
  if (!isPromiseLike(value)) {
    outcome.done(value);
    return undefined;
  }
  return new PendingCall(bounds, value, outcome);
}

class PendingCall<T> implements BoundedCall {
  /** Emptied when it has settled: a promise that never settles would hold it otherwise. */
  #outcome: CallOutcome<T> | undefined;
  readonly #late: CallOutcome<T>['late'];
  readonly #cancel: (() => void) | undefined;

  constructor(bounds: CallBounds, promise: PromiseLike<T>, outcome: CallOutcome<T>) {
    this.#outcome = outcome;
    this.#late = outcome.late;
    if (bounds.timeoutMs <= LONGEST_DELAY_MS) {
      const { operation, timeoutMs, keepsProcessAlive = false } = bounds;
      const timer = bounds.clock.after(timeoutMs, () => this.giveUp(new PoolCallTimeoutError(operation, timeoutMs)), { keepsProcessAlive });
      this.#cancel = () => timer.cancel();
    }
    promise.then(
      (value) => {
        const pending = this.#settle();
        if (pending !== undefined) pending.done(value);
        else this.#late?.(value);
      },
      (error: unknown) => this.giveUp(error),
    );
  }

  giveUp(error: unknown): void {
    this.#settle()?.failed(error);
  }

  #settle(): CallOutcome<T> | undefined {
    const outcome = this.#outcome;
    this.#outcome = undefined;
    this.#cancel?.();
    return outcome;
  }
}

function isPromiseLike<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
