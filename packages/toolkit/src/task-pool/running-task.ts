import { type AbortListeners } from '../abort/abort-listeners.ts';
import { type Clock, type ClockTimer } from '../clock/clock.ts';
import { LONGEST_DELAY_MS } from '../resource-pool/alarm.ts';
import { type Lease } from '../resource-pool/lease.ts';
import { type Task } from './task-options.ts';

/** How a task ended for its caller. */
export type TaskEnd = 'completed' | 'failed' | 'timeouts' | 'aborts';

export interface RunningBounds {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly abandonAfterMs: number;
  readonly signal: AbortSignal | undefined;
  readonly aborts: AbortListeners;
  /** A worker whose task was given up is in no known state. */
  readonly hasWorker: boolean;
  timeoutError(): Error;
  ended(how: TaskEnd, task: RunningTask): void;
  abandoned(): void;
}

/**
 * One task from its start until its place is free again, which may be later than the answer to its caller. Held by what may
 * still end it: the task's own promise, its timer, its caller's signal. The pool holds it weakly.
 */
export class RunningTask {
  readonly answer: Promise<unknown>;
  readonly #lease: Lease<unknown>;
  readonly #bounds: RunningBounds;
  readonly #controller = new AbortController();
  #resolve!: (value: unknown) => void;
  #reject!: (reason: unknown) => void;
  #timer: ClockTimer | undefined;
  #stopListening: (() => void) | undefined;
  #answered = false;

  constructor(lease: Lease<unknown>, bounds: RunningBounds) {
    this.#lease = lease;
    this.#bounds = bounds;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get isTaken(): boolean {
    return !this.#lease.isHeld;
  }

  start<W>(task: Task<unknown, W>): void {
    const { signal, aborts } = this.#bounds;
    const worker = this.#lease.resource as W;
    this.#ringAfter(this.#bounds.timeoutMs, () => this.giveUp('timeouts', this.#bounds.timeoutError()));
    if (signal !== undefined) this.#stopListening = aborts.add(signal, () => this.giveUp('aborts', signal.reason));
    let result: unknown;
    try {
      result = task({ worker, signal: this.#controller.signal });
    } catch (error) {
      this.#finish('failed', () => this.#reject(error));
      return;
    }
    Promise.resolve(result).then(
      (value) => this.#finish('completed', () => this.#resolve(value)),
      (error: unknown) => this.#finish('failed', () => this.#reject(error)),
    );
  }

  /** The caller is answered now. The place is free when the task ends, at once when it has a worker, by force in the end. */
  giveUp(how: TaskEnd, reason: unknown): void {
    if (this.#answered) return;
    this.#answer(how, () => this.#reject(reason));
    this.#controller.abort(reason);
    if (!this.#lease.isHeld) return;
    if (this.#bounds.hasWorker) void this.#lease.discard();
    else this.#ringAfter(this.#bounds.abandonAfterMs - (this.#bounds.clock.nowMs() - this.#lease.acquiredAtMs), () => this.#abandon());
  }

  #abandon(): void {
    if (!this.#lease.isHeld) return;
    void this.#lease.discard();
    this.#bounds.abandoned();
  }

  #finish(how: TaskEnd, settle: () => void): void {
    if (!this.#answered) this.#answer(how, settle);
    this.#timer?.cancel();
    if (this.#lease.isHeld) void this.#lease.release();
  }

  #answer(how: TaskEnd, settle: () => void): void {
    this.#answered = true;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#bounds.ended(how, this);
    settle();
  }

  #ringAfter(delayMs: number, run: () => void): void {
    if (delayMs <= LONGEST_DELAY_MS) this.#timer = this.#bounds.clock.after(Math.max(0, delayMs), run);
  }
}
