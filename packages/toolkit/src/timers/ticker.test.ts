import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock/manual-clock.ts';
import { Ticker } from './ticker.ts';

class Screen {
  readonly drawn: number[] = [];
}

describe('a ticker', () => {
  it('runs any number of tasks on one timer, and has none while there is no task', async () => {
    const clock = new ManualClock();
    const ticker = new Ticker({ clock });
    const screen = new Screen();
    expect(clock.pendingTimers).toBe(0);
    const fast = ticker.every(10, screen, (owner) => owner.drawn.push(clock.nowMs()));
    const slow = ticker.every(25, screen, (owner) => owner.drawn.push(-clock.nowMs()));
    ticker.once(30, screen, (owner) => owner.drawn.push(0));
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(31);
    expect(screen.drawn).toEqual([10, 20, -25, 30, 0]);
    expect(ticker.size).toBe(2);
    fast[Symbol.dispose]();
    slow[Symbol.dispose]();
    slow[Symbol.dispose]();
    expect(ticker.size).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not drift, and leaves out what was missed', async () => {
    const clock = new LateClock();
    const ticker = new Ticker({ clock });
    const screen = new Screen();
    clock.lateByMs = 3;
    ticker.every(10, screen, (owner) => owner.drawn.push(clock.nowMs()));
    await clock.advance(26);
    clock.lateByMs = 25;
    await clock.advance(60);
    clock.lateByMs = 0;
    await clock.advance(30);
    const atMs = screen.drawn;
    expect(atMs.slice(0, 2)).toEqual([13, 23]);
    expect(atMs.slice(-2).every((at) => at % 10 === 0)).toBe(true);
    expect(new Set(atMs.map((at) => Math.floor(at / 10))).size).toBe(atMs.length);
  });

  it('a task that throws, or whose promise is rejected, is reported and runs again; others are not disturbed', async () => {
    const clock = new ManualClock();
    const warnings: string[] = [];
    const ticker = new Ticker({ clock, logger: { warn: (code, message) => void warnings.push(`${code}: ${message}`) } });
    const screen = new Screen();
    ticker.every(10, screen, () => {
      throw new Error('dark');
    });
    ticker.every(10, screen, () => Promise.reject(new Error('torn')));
    ticker.every(10, screen, (owner) => owner.drawn.push(clock.nowMs()));
    await clock.advance(20);
    expect(screen.drawn).toEqual([10, 20]);
    expect(warnings.sort()).toEqual([
      'HEAPTRAIL_TICKER_TASK: A task threw: dark. It runs again when it is due.',
      'HEAPTRAIL_TICKER_TASK: A task threw: dark. It runs again when it is due.',
      'HEAPTRAIL_TICKER_TASK: A task threw: torn. It runs again when it is due.',
      'HEAPTRAIL_TICKER_TASK: A task threw: torn. It runs again when it is due.',
    ]);
  });

  it('leaves out the times at which the run before has not ended', async () => {
    const clock = new ManualClock();
    const ticker = new Ticker({ clock });
    const screen = new Screen();
    ticker.every(10, screen, async (owner) => {
      owner.drawn.push(clock.nowMs());
      await new Promise<void>((resolve) => clock.after(25, resolve));
    });
    await clock.advance(80);
    expect(screen.drawn).toEqual([10, 40, 70]);
  });

  it('disposed, it has no timer, runs nothing and takes nothing', async () => {
    const clock = new ManualClock();
    const screen = new Screen();
    {
      using ticker = new Ticker({ clock });
      const handle = ticker.every(10, screen, (owner) => owner.drawn.push(1));
      ticker[Symbol.dispose]();
      handle[Symbol.dispose]();
      expect(() => ticker.once(1, screen, () => undefined)).toThrow(expect.objectContaining({ code: 'HEAPTRAIL_TICKER_CLOSED' }));
    }
    await clock.advance(100);
    expect(screen.drawn).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('refuses times that are none', () => {
    const ticker = new Ticker();
    expect(() => ticker.every(0, ticker, () => undefined)).toThrow('every() expects milliseconds, more than 0, and was given 0.');
    expect(() => ticker.once(NaN, ticker, () => undefined)).toThrow('once() expects milliseconds, 0 or more, and was given NaN.');
  });

  it('runs what a plain list of due times would, whatever is added and removed', async () => {
    const even = (half: number): number => 2 * half;
    const TASK = fc.record({
      startMs: fc.nat({ max: 100 }).map(even),
      intervalMs: fc.integer({ min: 1, max: 30 }).map(even),
      endMs: fc.nat({ max: 100 }).map(even),
      once: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(TASK, { maxLength: 8 }), async (tasks) => {
        const clock = new ManualClock();
        const ticker = new Ticker({ clock });
        const ran: string[] = [];
        const expected: string[] = [];
        const owners: object[] = [];
        tasks.forEach(({ startMs, intervalMs, endMs, once }, id) => {
          const owner = { id };
          owners.push(owner);
          clock.after(startMs, () => {
            const run = (): void => void ran.push(`${clock.nowMs()} ${id}`);
            const handle = once ? ticker.once(intervalMs, owner, run) : ticker.every(intervalMs, owner, run);
            // A millisecond later, so that what falls on the end still runs.
            clock.after(endMs + 1, () => handle[Symbol.dispose]());
          });
          for (let at = intervalMs; at <= endMs && startMs + at <= 402; at += intervalMs) {
            expected.push(`${startMs + at} ${id}`);
            if (once) break;
          }
        });
        await clock.advance(402);
        expect(ran.sort()).toEqual(expected.sort());
        expect(ticker.size).toBe(0);
        expect(clock.pendingTimers).toBe(0);
        expect(owners).toHaveLength(tasks.length);
      }),
      { seed: 20261121, numRuns: 12 },
    );
  });
});

/** A clock whose timers fire late, as those of a busy program do. */
class LateClock extends ManualClock {
  lateByMs = 0;
  override after(delayMs: number, run: () => void): ReturnType<ManualClock['after']> {
    return super.after(delayMs + this.lateByMs, run);
  }
}
