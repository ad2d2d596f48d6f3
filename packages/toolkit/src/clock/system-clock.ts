import { type Clock, type ClockTimer, type TimerOptions } from './clock.ts';

/** `setTimeout` takes 32 bits, and fires at once when given more: 24 days. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The runtime's own clock and timers. Holds nothing but what is pending. A delay of `Infinity` never ends, and takes no timer. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),

  after(delayMs: number, run: () => void, options: TimerOptions = {}): ClockTimer {
    return delayMs > LONGEST_DELAY_MS ? afterLong(delayMs, run, options) : afterShort(delayMs, run, options);
  },
};

function afterShort(delayMs: number, run: () => void, { keepsProcessAlive }: TimerOptions): ClockTimer {
  const timer: unknown = setTimeout(run, delayMs);
  if (keepsProcessAlive !== true) letProcessEnd(timer);
  return { cancel: () => clearTimeout(timer as number) };
}

/** One timer after the other. */
function afterLong(delayMs: number, run: () => void, options: TimerOptions): ClockTimer {
  let timer: ClockTimer | undefined;
  const wait = (leftMs: number): void => {
    if (leftMs <= LONGEST_DELAY_MS) timer = afterShort(leftMs, run, options);
    else timer = afterShort(LONGEST_DELAY_MS, () => wait(leftMs - LONGEST_DELAY_MS), options);
  };
  if (delayMs !== Infinity) wait(delayMs);
  return { cancel: () => timer?.cancel() };
}

/** A timer is an object with `unref` in Node, and a number in browsers. */
function letProcessEnd(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref();
}
