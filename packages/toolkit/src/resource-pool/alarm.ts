import { type Clock, type ClockTimer } from '../clock/clock.ts';

/** What an alarm wakes: it says when it wants to be woken next (`Infinity`: not at all). */
export interface Sleeper {
  wake(): number;
}

/**
 * One timer for all that a pool has to do at some time. It is armed for the earliest wish only, and stays armed when that wish
 * goes, so a wish costs one comparison. Holds the sleeper weakly: a timer must not keep a pool.
 */
export class Alarm {
  readonly #clock: Clock;
  readonly #sleeper: WeakRef<Sleeper>;
  #held: Sleeper | undefined;
  #timer: ClockTimer | undefined;
  #atMs = Infinity;

  constructor(clock: Clock, sleeper: Sleeper) {
    this.#clock = clock;
    this.#sleeper = new WeakRef(sleeper);
  }

  /** Wakes at that time at the latest. */
  by(atMs: number, nowMs: number): void {
    if (atMs >= this.#atMs) return;
    this.#timer?.cancel();
    this.#atMs = atMs;
    this.#timer = this.#clock.after(Math.min(Math.max(0, Math.ceil(atMs - nowMs)), LONGEST_DELAY_MS), () => this.#ring());
  }

  /** While somebody waits for what the sleeper will do, the timer keeps it. */
  hold(sleeper: Sleeper | undefined): void {
    this.#held = sleeper;
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#atMs = Infinity;
  }

  #ring(): void {
    this.cancel();
    const sleeper = this.#held ?? this.#sleeper.deref();
    if (sleeper === undefined) return;
    const nextMs = sleeper.wake();
    if (nextMs !== Infinity) this.by(nextMs, this.#clock.nowMs());
  }
}

/** `setTimeout` takes 32 bits, and fires at once when given more. */
export const LONGEST_DELAY_MS = 2 ** 31 - 1;
