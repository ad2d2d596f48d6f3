import { type AbortListeners } from '../abort/abort-listeners.ts';
import { type Clock, type ClockTimer } from '../clock/clock.ts';
import { LONGEST_DELAY_MS } from './alarm.ts';
import { type BorrowersStack } from './borrowers-stack.ts';
import { ListNode } from './linked-list.ts';

export interface AcquireOptions {
  /** What messages and reports call this borrower. */
  readonly label?: string | undefined;
  /** Instead of the pool's `acquireTimeoutMs`. */
  readonly timeoutMs?: number | undefined;
  /** Ends the waiting; the call is rejected with the signal's reason. The listener is removed when the call is settled. */
  readonly signal?: AbortSignal | undefined;
}

/** A call of `acquire` that could not be answered at once. In the queue, or beside it while a resource is validated for it. */
export class Waiter<L> extends ListNode<Waiter<L>> {
  readonly label: string | undefined;
  readonly stack: BorrowersStack | undefined;
  /** For the pool's alarm; `Infinity` where the waiter has a timer of its own, or none. */
  readonly deadlineMs: number;
  readonly promise: Promise<L>;
  settled = false;
  /** The later a caller came, the higher. */
  turn = 0;
  #resolve!: (lease: L) => void;
  #reject!: (reason: unknown) => void;
  #timer: ClockTimer | undefined;
  #stopListening: (() => void) | undefined;

  constructor(label: string | undefined, stack: BorrowersStack | undefined, deadlineMs: number) {
    super();
    this.label = label;
    this.stack = stack;
    this.deadlineMs = deadlineMs;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** A timer of its own: for a time that is not the pool's, or one for which the process waits. */
  endAfter(clock: Clock, timeoutMs: number, keepsProcessAlive: boolean, timedOut: () => void): void {
    if (timeoutMs <= LONGEST_DELAY_MS) this.#timer = clock.after(timeoutMs, timedOut, { keepsProcessAlive });
  }

  endWith(signal: AbortSignal, listeners: AbortListeners, aborted: () => void): void {
    this.#stopListening = listeners.add(signal, () => {
      aborted();
      this.fail(signal.reason);
    });
  }

  grant(lease: L): void {
    this.#settle();
    this.#resolve(lease);
  }

  fail(reason: unknown): void {
    if (this.settled) return;
    this.#settle();
    this.#reject(reason);
  }

  #settle(): void {
    this.settled = true;
    this.#timer?.cancel();
    this.#stopListening?.();
    this.#timer = undefined;
    this.#stopListening = undefined;
  }
}
