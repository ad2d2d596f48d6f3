import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock/manual-clock.ts';
import { type TaskContext, type TaskPoolOptions } from './task-options.ts';
import { TaskPool } from './task-pool.ts';

function tasksOn(clock: ManualClock, options: Partial<TaskPoolOptions> = {}): { pool: TaskPool; warnings: string[] } {
  const warnings: string[] = [];
  const logger = { warn: (code: string, message: string) => void warnings.push(`${code}: ${message}`) };
  return { pool: new TaskPool({ concurrency: 2, clock, logger, name: 'Kitchen', ...options }), warnings };
}

/** A task that ends when it is told to. */
function dish(): {
  task: (context: TaskContext<undefined>) => Promise<string>;
  serve: () => void;
  signal: () => AbortSignal;
  begun: () => boolean;
} {
  let serve: () => void = () => undefined;
  let context: TaskContext<undefined> | undefined;
  const task = (given: TaskContext<undefined>): Promise<string> => {
    context = given;
    return new Promise((resolve) => (serve = () => resolve('served')));
  };
  return { task, serve: () => serve(), signal: () => context!.signal, begun: () => context !== undefined };
}

describe('running', () => {
  it('no more than concurrency at once, in the order in which they came', async () => {
    const clock = new ManualClock();
    const { pool } = tasksOn(clock);
    const dishes = [dish(), dish(), dish(), dish()];
    const runs = dishes.map(({ task }) => pool.run(task));
    await clock.advance(0);
    expect(dishes.map(({ begun }) => begun())).toEqual([true, true, false, false]);
    expect(pool.statistics()).toMatchObject({ running: 2, queued: 2 });
    dishes[1].serve();
    await clock.advance(0);
    expect(dishes.map(({ begun }) => begun())).toEqual([true, true, true, false]);
    for (const { serve } of dishes) serve();
    await clock.advance(0);
    dishes[3].serve();
    expect(await Promise.all(runs)).toEqual(['served', 'served', 'served', 'served']);
    expect(pool.statistics()).toMatchObject({ running: 0, queued: 0, started: 4, completed: 4 });
  });

  it('what a task throws comes to its caller, and the place is free again', async () => {
    const { pool } = tasksOn(new ManualClock(), { concurrency: 1 });
    const burn = (): never => {
      throw new Error('burnt');
    };
    await expect(pool.run(burn)).rejects.toThrow('burnt');
    await expect(pool.run(() => Promise.reject(new Error('cold')))).rejects.toThrow('cold');
    expect(await pool.run(() => 'fine')).toBe('fine');
    expect(pool.statistics()).toMatchObject({ failed: 2, completed: 1, running: 0 });
  });

  it('is refused beyond maxQueued, and after queueTimeoutMs', async () => {
    const clock = new ManualClock();
    const { pool } = tasksOn(clock, { concurrency: 1, maxQueued: 1, queueTimeoutMs: 100 });
    const first = dish();
    const running = pool.run(first.task);
    await clock.advance(0);
    const queued = expect(pool.run(() => 1)).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_ACQUIRE_TIMEOUT' });
    await expect(pool.run(() => 2)).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_QUEUE_FULL' });
    await clock.advance(100);
    await queued;
    first.serve();
    await running;
    expect(pool.statistics()).toMatchObject({ refused: 1, started: 1, running: 0, queued: 0 });
  });
});

describe('giving up', () => {
  it('a timeout answers the caller and aborts the signal; the place is free when the task ends', async () => {
    const clock = new ManualClock();
    const { pool, warnings } = tasksOn(clock, { concurrency: 1, timeoutMs: 100 });
    const slow = dish();
    const failed = expect(pool.run(slow.task, { label: 'soup' })).rejects.toMatchObject({
      code: 'HEAPTRAIL_TASK_TIMEOUT',
      message: 'Kitchen expected "soup" to end within 100 ms. Its signal is aborted; heed it, or raise timeoutMs.',
    });
    await clock.advance(0);
    await clock.advance(100);
    await failed;
    expect(slow.signal().aborted).toBe(true);
    expect(pool.statistics()).toMatchObject({ running: 1, timeouts: 1 });
    slow.serve();
    await clock.advance(0);
    expect(pool.statistics()).toMatchObject({ running: 0, completed: 0, abandoned: 0 });
    await clock.advance(1_000);
    expect(warnings).toEqual([]);
  });

  it('a task that heeds no signal loses its place after twice its time', async () => {
    const clock = new ManualClock();
    const { pool, warnings } = tasksOn(clock, { concurrency: 1, timeoutMs: 100 });
    const stuck = dish();
    pool.run(stuck.task, { label: 'stew' }).catch(() => undefined);
    const next = pool.run(() => 'salad');
    await clock.advance(0);
    await clock.advance(199);
    expect(pool.statistics()).toMatchObject({ running: 1, queued: 1 });
    await clock.advance(1);
    expect(await next).toBe('salad');
    expect(warnings).toEqual([
      'HEAPTRAIL_TASK_ABANDONED: Kitchen took the place of "stew" that did not end although its signal was aborted. Heed the signal.',
    ]);
    stuck.serve();
    await clock.advance(0);
    expect(pool.statistics()).toMatchObject({ running: 0, abandoned: 1, started: 2, completed: 1, timeouts: 1 });
  });

  it('a caller aborts what waits and what runs, and no listener stays', async () => {
    const clock = new ManualClock();
    const { pool } = tasksOn(clock, { concurrency: 1 });
    const controller = new AbortController();
    const { signal } = controller;
    expect(await pool.run(() => 'fine', { signal })).toBe('fine');
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    const first = dish();
    const running = expect(pool.run(first.task, { signal })).rejects.toBe('closing time');
    await clock.advance(0);
    const queued = expect(pool.run(() => 1, { signal })).rejects.toBe('closing time');
    controller.abort('closing time');
    await running;
    await queued;
    expect(first.signal().reason).toBe('closing time');
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    first.serve();
    await clock.advance(0);
    expect(pool.statistics()).toMatchObject({ running: 0, aborts: 1, started: 2 });
  });

  it('the worker of a task that was given up is destroyed', async () => {
    const clock = new ManualClock();
    const ended: number[] = [];
    let made = 0;
    const pool = new TaskPool<number>({
      concurrency: 1,
      timeoutMs: 100,
      clock,
      workers: { create: () => made++, destroy: (worker) => void ended.push(worker) },
    });
    expect(await pool.run(({ worker }) => worker)).toBe(0);
    const failed = expect(pool.run(() => new Promise(() => undefined))).rejects.toMatchObject({ code: 'HEAPTRAIL_TASK_TIMEOUT' });
    await clock.advance(0);
    await clock.advance(100);
    await failed;
    expect(ended).toEqual([0]);
    expect(await pool.run(({ worker }) => worker)).toBe(1);
    await pool.close();
    expect(ended).toEqual([0, 1]);
    expect(clock.pendingTimers).toBe(0);
  });
});

it('close rejects who waits, waits for who runs, then aborts, and leaves no timer', async () => {
  const clock = new ManualClock();
  const { pool } = tasksOn(clock, { concurrency: 1, timeoutMs: 60_000 });
  const first = dish();
  const running = expect(pool.run(first.task)).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_CLOSED' });
  const queued = expect(pool.run(() => 1)).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_CLOSED' });
  await clock.advance(0);
  const closing = pool.close({ timeoutMs: 500 });
  await queued;
  expect(first.signal().aborted).toBe(false);
  await clock.advance(500);
  await running;
  await closing;
  expect(first.signal().aborted).toBe(true);
  expect(clock.pendingTimers).toBe(0);
});

it('options out of range are refused', () => {
  expect(() => new TaskPool({ concurrency: 0 })).toThrow('concurrency must be a whole number from 1, and is 0.');
  expect(() => new TaskPool({ concurrency: 1, timeoutMs: NaN })).toThrow('timeoutMs must be from 0 to Infinity, and is NaN.');
});

it('whatever tasks do, as many answers as callers, never too many at once, and the counts add up', async () => {
  const TASK = fc.record({
    atMs: fc.nat({ max: 500 }),
    takesMs: fc.nat({ max: 400 }),
    fails: fc.boolean(),
    heeds: fc.boolean(),
    abortAfterMs: fc.option(fc.nat({ max: 400 }), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(TASK, { maxLength: 30 }), fc.integer({ min: 1, max: 4 }), async (tasks, concurrency) => {
      const clock = new ManualClock();
      const { pool } = tasksOn(clock, { concurrency, timeoutMs: 200, queueTimeoutMs: 300, maxQueued: 5 });
      let answers = 0;
      let callers = 0;
      for (const { atMs, takesMs, fails, heeds, abortAfterMs } of tasks) {
        clock.after(atMs, () => {
          callers++;
          const controller = new AbortController();
          if (abortAfterMs !== undefined) clock.after(abortAfterMs, () => controller.abort());
          const work = ({ signal }: TaskContext<undefined>): Promise<void> =>
            new Promise((resolve, reject) => {
              expect(pool.statistics().running).toBeLessThanOrEqual(concurrency);
              clock.after(takesMs, () => (fails ? reject(new Error('burnt')) : resolve()));
              if (heeds) signal.addEventListener('abort', () => reject(new Error('heeded')));
            });
          pool.run(work, { signal: controller.signal }).then(
            () => answers++,
            () => answers++,
          );
        });
      }
      await clock.advance(3_000);
      const { started, completed, failed, timeouts, aborts, running, queued } = pool.statistics();
      expect(answers).toBe(callers);
      expect(started).toBe(completed + failed + timeouts + aborts);
      expect({ running, queued }).toEqual({ running: 0, queued: 0 });
      await pool.close();
      expect(clock.pendingTimers).toBe(0);
    }),
    { seed: 20261121, numRuns: 40 },
  );
});
