import { type Clock } from '../clock/clock.ts';
import { LONGEST_DELAY_MS } from './alarm.ts';

/** The end of a pool: a promise, and the moment from which it takes what it is not given. */
export class Closing {
  readonly done: Promise<void>;
  #resolve!: () => void;
  #finished = false;
  #forceAtMs = Infinity;
  #cancelForce: (() => void) | undefined;

  constructor() {
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Keeps the process alive until then: who closes wants the end. */
  forceAfter(clock: Clock, timeoutMs: number, force: () => void): void {
    const atMs = clock.nowMs() + timeoutMs;
    if (this.#finished || atMs >= this.#forceAtMs || timeoutMs > LONGEST_DELAY_MS) return;
    this.#cancelForce?.();
    this.#forceAtMs = atMs;
    const timer = clock.after(timeoutMs, force, { keepsProcessAlive: true });
    this.#cancelForce = () => timer.cancel();
  }

  /** Whether this call was the first. */
  finish(): boolean {
    if (this.#finished) return false;
    this.#finished = true;
    this.#cancelForce?.();
    this.#cancelForce = undefined;
    this.#resolve();
    return true;
  }
}
