import { callWithin, type BoundedCall, type CallBounds, type CallOutcome } from './bounded-call.ts';

/** Calls of the factory that have not settled, so that a pool that is closed by force need not wait for them. */
export class PendingCalls {
  readonly #calls = new Set<BoundedCall>();

  /** As `callWithin`. */
  call<T>(bounds: CallBounds, run: () => T | PromiseLike<T>, outcome: CallOutcome<T>): void {
    const { late } = outcome;
    let call: BoundedCall | undefined = undefined;
    const settled = (): void => {
      if (call !== undefined) this.#calls.delete(call);
    };
    call = callWithin<T>(bounds, run, {
      done: (value) => {
        settled();
        outcome.done(value);
      },
      failed: (error) => {
        settled();
        outcome.failed(error);
      },
      // A promise that never settles holds this, and no more of the outcome.
      ...(late === undefined ? {} : { late }),
    });
    if (call !== undefined) this.#calls.add(call);
  }

  giveUpAll(error: unknown): void {
    for (const call of [...this.#calls]) call.giveUp(error);
  }
}
