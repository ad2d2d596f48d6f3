import { type Clock, type ClockTimer, type TimerOptions } from './clock.ts';

/** The runtime's own clock and timers. Holds nothing but what is pending. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),

  after(delayMs: number, run: () => void, options: TimerOptions = {}): ClockTimer {
    const timer: unknown = setTimeout(run, delayMs);
    if (options.keepsProcessAlive !== true) letProcessEnd(timer);
    return { cancel: () => clearTimeout(timer as number) };
  },
};

/** A timer is an object with `unref` in Node, and a number in browsers. */
function letProcessEnd(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref();
}
