import { type Clock } from '../clock/clock.ts';

/** Which checkouts record a stack: every one; every one as long as that takes no more than a hundredth of the time; none. */
export type StackPolicy = 'always' | 'budgeted' | 'never';

/** A stack takes 10 to 25 microseconds (ten times that with source maps), many times what lending takes. */
const SHARE_OF_TIME = 0.01;
/** What may be spent at once after a quiet time: about a hundred stacks. */
const BURST_MS = 2;
const FRAMES = 12;

/**
 * Takes the stack of whoever borrows. As text, at once: an unread `Error` holds the functions and receivers of its frames, so
 * a record of the borrower would keep the borrower alive. Once `suspect` was called the budget no longer counts, so the next
 * leak of a busy pool has its stack.
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

  /** The frames of whoever called the pool's method that calls this, one a line, or undefined where none is recorded. */
  record(nowMs: number): string | undefined {
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

function borrowersFrames(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES + OWN_FRAMES;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = limit;
  const lines = stack.split('\n');
  // V8 puts the message first, others do not.
  return lines.slice((/^Error:? *$/.test(lines[0]) ? 1 : 0) + OWN_FRAMES).join('\n');
}
