import { type Clock, type ClockTimer } from '../clock/clock.ts';

/** What an alarm wakes: it says when it wants to be woken next (`Infinity`: not at all). */
export interface Sleeper {
  wake(): number;
}

/** What is left to do when the sleeper was collected. Must not reach it. */
export interface Heir {
  execute(): void;
}

/**
 * One timer for all that a pool has to do at some time. It is armed for the earliest wish only, and stays armed when that wish
 * goes, so a wish costs one comparison. Holds the sleeper weakly: a timer must not keep a pool.
 *
 * From the start to the end there is a timer, if need be one of 24 days: the runtime's list of timers is what holds the heir
 * when nothing else reaches the pool any more. Without it the pool's FinalizationRegistry would be collected together with the
 * pool, and a registry that was collected never calls back.
 */
export class Alarm {
  readonly #clock: Clock;
  readonly #sleeper: WeakRef<Sleeper>;
  #heir: Heir | undefined;
  #held: Sleeper | undefined;
  #timer: ClockTimer | undefined;
  #atMs = Infinity;

  constructor(clock: Clock, sleeper: Sleeper) {
    this.#clock = clock;
    this.#sleeper = new WeakRef(sleeper);
  }

  start(heir: Heir): void {
    this.#heir = heir;
    this.#arm(Infinity);
  }

  /** Wakes at that time at the latest. */
  by(atMs: number, nowMs: number): void {
    if (atMs >= this.#atMs || this.#heir === undefined) return;
    this.#atMs = atMs;
    this.#arm(atMs - nowMs);
  }

  /** While somebody waits for what the sleeper will do, the timer keeps it. */
  hold(sleeper: Sleeper | undefined): void {
    this.#held = sleeper;
  }

  /** No timer any more, whatever is wished later. */
  end(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#heir = undefined;
    this.#held = undefined;
  }

  #arm(delayMs: number): void {
    this.#timer?.cancel();
    this.#timer = this.#clock.after(Math.min(Math.max(0, Math.ceil(delayMs)), LONGEST_DELAY_MS), () => this.#ring());
  }

  #ring(): void {
    this.#timer = undefined;
    this.#atMs = Infinity;
    const sleeper = this.#held ?? this.#sleeper.deref();
    if (sleeper === undefined) {
      this.#heir?.execute();
      return;
    }
    // Whatever a logger throws in there: what was still to do is looked at again in a while.
    let nextMs = this.#clock.nowMs() + AGAIN_AFTER_MS;
    try {
      nextMs = sleeper.wake();
    } finally {
      this.by(nextMs, this.#clock.nowMs());
      if (this.#timer === undefined && this.#heir !== undefined) this.#arm(Infinity);
    }
  }
}

/** `setTimeout` takes 32 bits, and fires at once when given more. */
export const LONGEST_DELAY_MS = 2 ** 31 - 1;
const AGAIN_AFTER_MS = 1_000;
