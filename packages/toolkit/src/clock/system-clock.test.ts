import { afterEach, expect, it, vi } from 'vitest';
import { systemClock } from './system-clock.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('waits as long as it is told, also where setTimeout cannot: 25 days and more', () => {
  vi.useFakeTimers();
  const dayMs = 86_400_000;
  const seen: string[] = [];
  systemClock.after(60 * dayMs, () => seen.push('two months'));
  systemClock.after(Infinity, () => seen.push('never'));
  systemClock.after(40 * dayMs, () => seen.push('cancelled')).cancel();
  const late = systemClock.after(50 * dayMs, () => seen.push('cancelled on the way'));
  vi.advanceTimersByTime(30 * dayMs);
  late.cancel();
  vi.advanceTimersByTime(30 * dayMs - 1);
  expect(seen).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(seen).toEqual(['two months']);
  expect(vi.getTimerCount()).toBe(0);
});
