/** Which checkouts record a stack: every one; every one up to 500 a second; none. */
export type StackPolicy = 'always' | 'budgeted' | 'never';

const WINDOW_MS = 1_000;
/** A stack takes 10 to 25 microseconds, many times what lending takes: 500 a second are about one percent of one core. */
const STACKS_PER_WINDOW = 500;
const FRAMES = 12;

/**
 * Takes the stack of whoever borrows. As text, at once: an unread `Error` holds the functions and receivers of its frames, so
 * a record of the borrower would keep the borrower alive. Once `suspect` was called the budget no longer counts, so the next
 * leak of a busy pool has its stack.
 */
export class StackRecorder {
  #policy: StackPolicy;
  #windowStartMs = -Infinity;
  #left = 0;

  constructor(policy: StackPolicy) {
    this.#policy = policy;
  }

  /** A leak without a stack was found. */
  suspect(): void {
    if (this.#policy === 'budgeted') this.#policy = 'always';
  }

  /** The frames of whoever called the pool's method that calls this, one a line, or undefined where none is recorded. */
  record(nowMs: number): string | undefined {
    if (this.#policy === 'never') return undefined;
    if (this.#policy === 'budgeted') {
      if (nowMs - this.#windowStartMs >= WINDOW_MS) {
        this.#windowStartMs = nowMs;
        this.#left = STACKS_PER_WINDOW;
      }
      if (this.#left === 0) return undefined;
      this.#left--;
    }
    return borrowersFrames();
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
