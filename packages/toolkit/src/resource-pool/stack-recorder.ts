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
 * nothing but borrow of some. Once a leak without a stack was found the budget does not count, until there was one with a stack.
 */
export class StackRecorder {
  readonly #policy: StackPolicy;
  readonly #clock: Clock;
  #budgetMs = BURST_MS;
  #seenAtMs: number;
  #searching = false;

  constructor(policy: StackPolicy, clock: Clock) {
    this.#policy = policy;
    this.#clock = clock;
    this.#seenAtMs = clock.nowMs();
  }

  /** A leak was found, with its stack or without. */
  leaked(stack: BorrowersStack | undefined): void {
    this.#searching = stack === undefined;
  }

  /** The frames of whoever called the pool's method that calls this, or undefined where none are recorded. */
  record(nowMs: number): BorrowersStack | undefined {
    if (this.#policy === 'never') return undefined;
    if (this.#policy === 'always' || this.#searching) return borrowersFrames();
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
