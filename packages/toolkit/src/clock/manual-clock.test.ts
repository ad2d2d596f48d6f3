import { expect, test } from 'vitest';
import { ManualClock } from './manual-clock.ts';

test('timers fire in the order of their times, each at its own time, and cancelled ones never', async () => {
  const clock = new ManualClock();
  const seen: string[] = [];
  clock.after(20, () => seen.push(`late ${clock.nowMs()}`));
  clock.after(10, () => {
    seen.push(`early ${clock.nowMs()}`);
    clock.after(5, () => seen.push(`nested ${clock.nowMs()}`));
  });
  clock.after(15, () => seen.push('cancelled')).cancel();
  await clock.advance(30);
  expect(seen).toEqual(['early 10', 'nested 15', 'late 20']);
  expect(clock.pendingTimers).toBe(0);
  expect(clock.nowMs()).toBe(30);
});
