import { type Clock } from '../clock/clock.ts';
import { BorrowersStack } from './borrowers-stack.ts';

/** Which checkouts record a stack: every one; every one as long as that takes no more than a twentieth of the time; none. */
export type StackPolicy = 'always' | 'budgeted' | 'never';

/** Taking the frames takes 6 to 18 microseconds, many times what lending takes. */
const SHARE_OF_TIME = 0.05;
/** What may be spent at once after a quiet time: some hundreds of stacks. */
const BURST_MS = 5;
const FRAMES = 12;

/**
 * Takes the stack of whoever borrows, of each as long as the budget lasts: in most programs of every one, in a loop that does
 * nothing but borrow of some. Once `suspect` was called the budget no longer counts, so the next leak of a busy pool has its
 * stack.
 */
export class StackRecorder {
  #policy: StackPolicy;
  readonly #clock: Clock;
  #budgetMs = BURST_MS;
  #seenAtMs: number;

  constructor(policy: StackPolicy, clock: Clock) {
    this.#policy = policy;
    this.#clock = clock;
    this.#seenAtMs = clock.nowMs();
  }

  /** A leak without a stack was found. */
  suspect(): void {
    if (this.#policy === 'budgeted') this.#policy = 'always';
  }

  /** The frames of whoever called the pool's method that calls this, or undefined where none are recorded. */
  record(nowMs: number): BorrowersStack | undefined {
    if (this.#policy === 'never') return undefined;
    if (this.#policy === 'always') return borrowersFrames();
    this.#budgetMs = Math.min(BURST_MS, this.#budgetMs + (nowMs - this.#seenAtMs) * SHARE_OF_TIME);
    this.#seenAtMs = nowMs;
    if (this.#budgetMs <= 0) return undefined;
    const stack = borrowersFrames();
    this.#budgetMs -= this.#clock.nowMs() - nowMs;
    return stack;
  }
}

/** This function, `record`, and the method of the pool. */
const OWN_FRAMES = 3;

function borrowersFrames(): BorrowersStack {
  const limit = Error.stackTraceLimit;
  // Fails where the language's own objects are frozen; then as many frames are taken as usual.
  Reflect.set(Error, 'stackTraceLimit', FRAMES + OWN_FRAMES);
  const frames = new Error();
  Reflect.set(Error, 'stackTraceLimit', limit);
  return new BorrowersStack(frames, OWN_FRAMES);
}
