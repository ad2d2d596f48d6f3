import { expect, it } from 'vitest';
import { ManualClock } from '../clock/manual-clock.ts';
import { silentLogger } from '../logger/logger.ts';
import { TaskPool } from './task-pool.ts';

it('a time limit that is no number is refused: the task would have none', async () => {
  const pool = new TaskPool({ concurrency: 1, clock: new ManualClock() });
  const ran: string[] = [];
  const limits = [{ timeoutMs: NaN }, { timeoutMs: -1 }, { queueTimeoutMs: NaN }, { timeoutMs: '9' as unknown as number }];
  for (const limit of limits)
    await expect(pool.run(() => ran.push('ran'), limit)).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_OPTIONS' });
  expect(ran).toEqual([]);
  expect(pool.statistics()).toMatchObject({ running: 0, queued: 0 });
});

it('a task that throws at once, never ends, or closes the pool itself leaves places and timers as they should be', async () => {
  const clock = new ManualClock();
  const pool = new TaskPool({ concurrency: 2, timeoutMs: 50, clock, logger: silentLogger });
  const closes = pool.run(async ({ signal }) => {
    void pool.close({ timeoutMs: 10 });
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('heeded')));
    });
  });
  const never = pool.run(() => new Promise(() => undefined));
  const queued = pool.run(() => 1);
  const answers = Promise.allSettled([closes, never, queued]);
  await clock.advance(0);
  await clock.advance(200);
  const codes = (await answers).map((each) => (each.status === 'rejected' ? (each.reason as { code: string }).code : 'done'));
  expect(codes).toEqual(['HEAPTRAIL_POOL_CLOSED', 'HEAPTRAIL_POOL_CLOSED', 'HEAPTRAIL_POOL_CLOSED']);
  await pool.close();
  expect(pool.statistics()).toMatchObject({ running: 0, queued: 0 });
  expect(clock.pendingTimers).toBe(0);
});
