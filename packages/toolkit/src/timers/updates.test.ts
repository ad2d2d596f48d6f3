import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock/manual-clock.ts';
import { coalesce } from './coalesce.ts';
import { throttle } from './throttle.ts';

describe('throttle', () => {
  it('runs the first call at once and the last of an interval at its end', async () => {
    const clock = new ManualClock();
    const seen: string[] = [];
    const draw = throttle((what: string) => void seen.push(`${what} ${clock.nowMs()}`), { intervalMs: 100, clock });
    draw('a');
    draw('b');
    await clock.advance(50);
    draw('c');
    await clock.advance(50);
    draw('d');
    await clock.advance(250);
    expect(seen).toEqual(['a 0', 'c 100', 'd 200']);
    expect(clock.pendingTimers).toBe(0);
    draw('e');
    expect(seen.at(-1)).toBe('e 350');
  });

  it('runs only at the end, or only at the start, when asked to', async () => {
    const clock = new ManualClock();
    const seen: string[] = [];
    const atEnd = throttle((what: string) => void seen.push(what), { intervalMs: 10, leading: false, clock });
    const atStart = throttle((what: string) => void seen.push(what), { intervalMs: 10, trailing: false, clock });
    atEnd('end 1');
    atEnd('end 2');
    atStart('start 1');
    atStart('start 2');
    await clock.advance(30);
    expect(seen).toEqual(['start 1', 'end 2']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('flush runs what is pending, cancel forgets it, dispose ends it', async () => {
    const clock = new ManualClock();
    const seen: string[] = [];
    const draw = throttle((what: string) => void seen.push(what), { intervalMs: 10, clock });
    draw('a');
    draw('b');
    draw.flush();
    draw('c');
    draw.cancel();
    draw.flush();
    draw('d');
    draw('e');
    draw[Symbol.dispose]();
    draw('f');
    await clock.advance(100);
    expect(seen).toEqual(['a', 'b', 'd']);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('coalesce', () => {
  it('hands on all items of a while in one call', async () => {
    const clock = new ManualClock();
    const seen: (readonly number[])[] = [];
    const push = coalesce<number>((items) => void seen.push(items), { withinMs: 10, clock });
    push(1);
    push(2);
    await clock.advance(9);
    push(2);
    expect(push.pending).toBe(3);
    await clock.advance(1);
    push(4);
    await clock.advance(10);
    expect(seen).toEqual([[1, 2, 2], [4]]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('keeps the latest of each key, and does not wait when there are many', () => {
    const seen: (readonly string[])[] = [];
    const clock = new ManualClock();
    const push = coalesce<string>((items) => void seen.push(items), { withinMs: 10, maxItems: 2, keyOf: (item) => item[0], clock });
    push('a1');
    push('a2');
    push('b1');
    expect(seen).toEqual([['a2', 'b1']]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('flush, cancel and dispose', async () => {
    const seen: (readonly number[])[] = [];
    const clock = new ManualClock();
    {
      using push = coalesce<number>((items) => void seen.push(items), { clock });
      push(1);
      push.flush();
      push(2);
      push.cancel();
      push(3);
    }
    await clock.advance(10);
    expect(seen).toEqual([[1]]);
    expect(clock.pendingTimers).toBe(0);
  });
});
