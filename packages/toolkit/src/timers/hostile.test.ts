import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock/manual-clock.ts';
import { coalesce } from './coalesce.ts';
import { throttle } from './throttle.ts';
import { Ticker } from './ticker.ts';

const owner = {};

describe('a ticker', () => {
  it('goes on although its logger throws', async () => {
    const clock = new ManualClock();
    const warn = (): never => {
      throw new Error('disk full');
    };
    const ticker = new Ticker({ clock, logger: { warn } });
    let runs = 0;
    ticker.every(10, owner, () => {
      throw new Error('dark');
    });
    ticker.every(10, owner, () => runs++);
    await expect(clock.advance(10)).rejects.toThrow('disk full');
    await clock.advance(5);
    expect([runs, clock.pendingTimers]).toEqual([1, 1]);
  });

  it('waits for any thenable, and reports what it is rejected with', async () => {
    const clock = new ManualClock();
    const warnings: string[] = [];
    const ticker = new Ticker({ clock, logger: { warn: (_, message) => void warnings.push(message) } });
    const rejected: ((error: Error) => void)[] = [];
    const thenable = { then: (_: unknown, reject: (error: Error) => void): void => void rejected.push(reject) };
    ticker.every(10, owner, () => thenable);
    await clock.advance(30);
    expect(rejected).toHaveLength(1);
    rejected[0](new Error('late'));
    await clock.advance(10);
    expect(rejected).toHaveLength(2);
    expect(warnings).toEqual(['A task threw: late. It runs again when it is due.']);
  });

  it('does not hang on an interval that is smaller than what a time can show', async () => {
    const clock = new ManualClock();
    await clock.advance(1e6);
    const ticker = new Ticker({ clock });
    let runs = 0;
    using handle = ticker.every(Number.MIN_VALUE, owner, () => runs++);
    await clock.advance(3);
    expect(runs).toBeGreaterThan(0);
    expect(runs).toBeLessThan(10);
    expect(handle).toBeDefined();
  });

  it('may be disposed by one of its tasks, and a task may dispose itself and others', async () => {
    const clock = new ManualClock();
    const ticker = new Ticker({ clock });
    const ran: string[] = [];
    const second = ticker.every(10, owner, () => ran.push('second'));
    const first = ticker.every(5, owner, () => {
      ran.push('first');
      first[Symbol.dispose]();
      second[Symbol.dispose]();
    });
    ticker.every(20, owner, () => {
      ran.push('last');
      ticker[Symbol.dispose]();
    });
    ticker.every(20, owner, () => ran.push('too late'));
    await clock.advance(100);
    expect(ran).toEqual(['first', 'last']);
    expect([ticker.size, clock.pendingTimers]).toEqual([0, 0]);
  });
});

describe('throttle and coalesce', () => {
  it('run nothing after they were disposed, not even when that happens while they run', async () => {
    const clock = new ManualClock();
    const seen: unknown[] = [];
    const draw = throttle(
      (what: string) => {
        seen.push(what);
        draw('again');
        if (what === 'trailing') draw[Symbol.dispose]();
      },
      { intervalMs: 10, clock },
    );
    draw('first');
    draw('trailing');
    const push = coalesce<number>(
      (items) => {
        seen.push(items);
        push(7);
        push[Symbol.dispose]();
      },
      { withinMs: 5, clock },
    );
    push(1);
    await clock.advance(100);
    draw('late');
    push(2);
    draw.flush();
    push.flush();
    await clock.advance(100);
    expect(seen).toEqual(['first', [1], 'trailing']);
    expect([push.pending, clock.pendingTimers]).toEqual([0, 0]);
  });
});

describe('a ticker refuses', () => {
  const ticker = new Ticker({ clock: new ManualClock() });

  it('an interval that is text: added to a time it would make a longer text', () => {
    const text = '5' as unknown as number;
    expect(() => ticker.every(text, owner, () => undefined)).toThrow('every() expects milliseconds, more than 0, and was given a string.');
    expect(() => ticker.once(text, owner, () => undefined)).toThrow(expect.objectContaining({ code: 'HEAPTRAIL_TICKER_INTERVAL' }));
  });

  it('an owner that never dies, and nothing of the task stays', () => {
    const noOwner = null as unknown as object;
    expect(() => ticker.every(5, noOwner, () => undefined)).toThrow(expect.objectContaining({ code: 'HEAPTRAIL_TICKER_OWNER' }));
    expect(ticker.size).toBe(0);
  });
});

it('a task that runs once is not said to run again when it threw', async () => {
  const clock = new ManualClock();
  const warnings: string[] = [];
  const ticker = new Ticker({ clock, logger: { warn: (_, message) => void warnings.push(message) } });
  ticker.once(5, owner, () => {
    throw new Error('dark');
  });
  await clock.advance(5);
  expect(warnings).toEqual(['A task threw: dark.']);
});
