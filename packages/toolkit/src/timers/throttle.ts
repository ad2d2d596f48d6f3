import { type Clock, type ClockTimer } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { dispose } from '../disposal/dispose-symbols.ts';

export interface ThrottleOptions {
  readonly intervalMs: number;
  /** Whether the first call of a quiet time runs at once. `true` unless given. */
  readonly leading?: boolean;
  /** Whether the last call within an interval runs at its end. `true` unless given. */
  readonly trailing?: boolean;
  readonly clock?: Clock;
  /** Whether the process waits for a call that is still to run. `false` unless given. */
  readonly keepsProcessAlive?: boolean;
}

export interface Throttled<A extends readonly unknown[]> extends Disposable {
  (...args: A): void;
  /** Runs what is pending, now. */
  flush(): void;
  /** Forgets what is pending. */
  cancel(): void;
}

/**
 * `run` at most once in `intervalMs`, with the arguments of the latest call. Between calls it holds no arguments and no timer;
 * after it was disposed it does not hold `run` either, and calls do nothing: a view may be told of an update after its end.
 */
export function throttle<A extends readonly unknown[]>(run: (...args: A) => void, options: ThrottleOptions): Throttled<A> {
  const state = new ThrottleState(run, options);
  const throttled = ((...args: A) => state.call(args)) as Throttled<A>;
  throttled.flush = () => state.flush();
  throttled.cancel = () => state.cancel();
  throttled[dispose] = () => state.end();
  return throttled;
}

class ThrottleState<A extends readonly unknown[]> {
  readonly #options: ThrottleOptions;
  readonly #clock: Clock;
  #run: ((...args: A) => void) | undefined;
  #args: A | undefined;
  #timer: ClockTimer | undefined;

  constructor(run: (...args: A) => void, options: ThrottleOptions) {
    this.#run = run;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  call(args: A): void {
    if (this.#run === undefined) return;
    if (this.#timer !== undefined) {
      if (this.#options.trailing !== false) this.#args = args;
      return;
    }
    this.#rest();
    if (this.#options.leading === false) {
      if (this.#options.trailing !== false) this.#args = args;
    } else this.#run(...args);
  }

  flush(): void {
    const args = this.#args;
    if (args === undefined) return;
    this.cancel();
    this.#rest();
    this.#run?.(...args);
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#args = undefined;
  }

  end(): void {
    this.cancel();
    this.#run = undefined;
  }

  /** One interval in which calls are kept back. */
  #rest(): void {
    const { intervalMs, keepsProcessAlive = false } = this.#options;
    this.#timer = this.#clock.after(
      intervalMs,
      () => {
        this.#timer = undefined;
        this.flush();
      },
      { keepsProcessAlive },
    );
  }
}
