import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock/manual-clock.ts';
import { silentLogger } from '../logger/logger.ts';
import { type CreateContext, type ResourcePoolOptions } from './pool-options.ts';
import { ResourcePool } from './resource-pool.ts';
import { poolOfBoats } from './testing/pool-bench.ts';

/** Factories, observers and callers that do at the wrong moment what they may do. */
describe('a resource that is broken', () => {
  it('while it is validated is not lent, although validate says that it is fit', async () => {
    let answer: ((valid: boolean) => void) | undefined;
    const { pool, clock, boats } = poolOfBoats({ maxSize: 1, validate: () => new Promise((resolve) => (answer = resolve)) });
    await (await pool.acquire()).release();
    const asked = pool.acquire();
    boats[0].context.broken();
    answer!(true);
    await clock.advance(0);
    expect((await asked).resource).toBe(boats[1]);
    expect(boats[0].state).toBe('sunk');
  });

  it('before create has returned it counts as a create that failed: its caller is told, and nothing goes on for ever', async () => {
    let made = 0;
    const create = ({ broken }: CreateContext): object => {
      if (made++ > 5) throw new Error('for ever');
      broken();
      return {};
    };
    const pool = new ResourcePool({ maxSize: 2, clock: new ManualClock(), create });
    await expect(pool.acquire()).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_CREATE' });
    expect(made).toBe(1);
    expect(pool.statistics()).toMatchObject({ size: 0, created: 1, destroyed: 1, createFailures: 1 });
  });
});

it('resources for minSize that are broken from the start, and whose destroy is rejected, are made anew after a pause', async () => {
  const clock = new ManualClock();
  let made = 0;
  const create = ({ broken }: CreateContext): object => {
    if (made++ > 50) throw new Error('for ever');
    broken();
    return {};
  };
  const destroy = (): Promise<never> => Promise.reject(new Error('stuck'));
  const pool = new ResourcePool({ minSize: 1, maxSize: 2, clock, logger: silentLogger, create, destroy });
  await clock.advance(100);
  expect(made).toBe(1);
  await clock.advance(100);
  expect(made).toBe(2);
  await clock.advance(399);
  expect(made).toBe(2);
  await pool.close();
  expect(clock.pendingTimers).toBe(0);
});

it('a lifetime in which nothing could be lent is refused', () => {
  const make = (): unknown => new ResourcePool({ maxSize: 1, maxLifetimeMs: 0, create: () => ({}) });
  expect(make).toThrow('maxLifetimeMs must be at least 1 millisecond, and is 0.');
});

it('callers whose resources turned out unfit wait in the order in which they came', async () => {
  const verdicts: ((valid: boolean) => void)[] = [];
  const { pool, clock } = poolOfBoats({ maxSize: 3, validate: () => new Promise((resolve) => verdicts.push(resolve)) });
  const first = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
  for (const lease of first) await lease.release();
  const served: string[] = [];
  const asked = ['a', 'b', 'c'].map((label) => pool.acquire({ label }).then(() => served.push(label)));
  await clock.advance(0);
  expect(verdicts).toHaveLength(3);
  for (const verdict of verdicts) verdict(false);
  await Promise.all(asked);
  expect(served).toEqual(['a', 'b', 'c']);
});

it('an observer that aborts others while one times out does not stop the clock for the rest', async () => {
  const { pool, clock } = poolOfBoats({ maxSize: 1, acquireTimeoutMs: 100 });
  await pool.acquire();
  const abort = new AbortController();
  pool.observe((event) => {
    if (event.type === 'waiter-left' && event.why === 'timeout') abort.abort(new Error('called off'));
  });
  const reasons: string[] = [];
  const ask = (signal?: AbortSignal): void => void pool.acquire({ signal }).catch((error: unknown) => reasons.push((error as Error).name));
  ask();
  ask(abort.signal);
  ask();
  await clock.advance(50);
  ask();
  await clock.advance(50);
  expect(reasons.sort()).toEqual(['Error', 'PoolAcquireTimeoutError', 'PoolAcquireTimeoutError']);
  await clock.advance(50);
  expect(reasons).toHaveLength(4);
  expect(pool.statistics()).toMatchObject({ timeouts: 3, aborts: 1, waiting: 0 });
});

it('an observer that gives back while the pool is closed by force costs nobody a resource twice', async () => {
  const { pool, clock, boats } = poolOfBoats({ maxSize: 2, closeTimeoutMs: 100 });
  const leases = await Promise.all([pool.acquire(), pool.acquire()]);
  pool.observe(({ type }) => {
    if (type === 'reclaimed' && leases[1].isHeld) void leases[1].release();
  });
  const closed = pool.close();
  await clock.advance(100);
  await closed;
  expect(boats.map((boat) => boat.state)).toEqual(['sunk', 'sunk']);
  expect(pool.statistics()).toMatchObject({ acquired: 2, reclaimed: 1, released: 1, destroyed: 2, leased: 0, size: 0 });
});

it('a logger that throws does not stop the pool from looking at leases again', async () => {
  const warn = (): never => {
    throw new Error('disk full');
  };
  const { pool, clock } = poolOfBoats({ maxSize: 2, leakTimeoutMs: 1_000, logger: { warn } });
  const lease = await pool.acquire();
  await expect(clock.advance(1_000)).rejects.toThrow('disk full');
  await clock.advance(500);
  await expect(clock.advance(2_000)).rejects.toThrow('disk full');
  expect(lease.isHeld).toBe(false);
  expect(pool.statistics()).toMatchObject({ leaks: 1, reclaimed: 1 });
  expect((await pool.acquire()).isHeld).toBe(true);
});

it.each([NaN, -1])('a timeout of %d is refused: nobody waits for ever because of a slip', async (timeoutMs) => {
  const { pool } = poolOfBoats();
  await expect(pool.acquire({ timeoutMs })).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_OPTIONS' });
});

it('create that hangs is waited for no longer than its time; who waits is told, and what comes of it is destroyed', async () => {
  let finish: (boat: string) => void = () => undefined;
  const ended: string[] = [];
  const clock = new ManualClock();
  const pool = new ResourcePool<string>({
    maxSize: 1,
    clock,
    createTimeoutMs: 100,
    create: () => new Promise((resolve) => (finish = resolve)),
    destroy: (boat) => void ended.push(boat),
  });
  const told = expect(pool.acquire()).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_CREATE' });
  await clock.advance(100);
  await told;
  await pool.close();
  finish('after the end');
  await clock.advance(0);
  expect(ended).toEqual(['after the end']);
  expect(clock.pendingTimers).toBe(0);
});

it('listeners on a signal that is used for ever are as many as callers that wait', async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const counted = {
    aborted: false,
    reason: undefined,
    addEventListener: (...args: Parameters<AbortSignal['addEventListener']>) => {
      listeners++;
      signal.addEventListener(...args);
    },
    removeEventListener: (...args: Parameters<AbortSignal['removeEventListener']>) => {
      listeners--;
      signal.removeEventListener(...args);
    },
  } as unknown as AbortSignal;
  const { pool, clock } = poolOfBoats({ maxSize: 1, acquireTimeoutMs: 10 });
  for (let i = 0; i < 100; i++) await pool.use(() => undefined, { signal: counted });
  expect(listeners).toBe(0);
  const lease = await pool.acquire();
  const waits = pool.acquire({ signal: counted }).catch(() => undefined);
  expect(listeners).toBe(1);
  await clock.advance(10);
  await waits;
  await lease.release();
  expect(listeners).toBe(0);
});

describe('close by force does not wait', () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  it('for validate that hangs and may take for ever', async () => {
    const { pool, clock, boats } = poolOfBoats({ maxSize: 1, validateTimeoutMs: Infinity, validate: never });
    await (await pool.acquire()).release();
    const asked = expect(pool.acquire()).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_CLOSED' });
    await clock.advance(0);
    const closed = pool.close({ timeoutMs: 100 });
    await clock.advance(100);
    await Promise.all([closed, asked]);
    expect(boats[0].state).toBe('sunk');
    expect(pool.statistics()).toMatchObject({ size: 0, validating: 0, waiting: 0 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('for reset that hangs and may take for ever', async () => {
    const { pool, clock, boats } = poolOfBoats({ maxSize: 1, resetTimeoutMs: Infinity, reset: never });
    const released = (await pool.acquire()).release();
    const closed = pool.close({ timeoutMs: 100 });
    await clock.advance(100);
    await Promise.all([closed, released]);
    expect(boats[0].state).toBe('sunk');
    expect(pool.statistics()).toMatchObject({ size: 0, resetting: 0 });
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('stacks', () => {
  it("are recorded where the language's own objects are frozen", async () => {
    const { value = 10 } = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit') as { value?: number };
    Object.defineProperty(Error, 'stackTraceLimit', { value, writable: false, configurable: true });
    try {
      const { pool } = poolOfBoats({ stacks: 'always' });
      await pool.acquire();
      expect(pool.checkouts()[0].stack).toMatch(/^ {4}at /);
    } finally {
      Object.defineProperty(Error, 'stackTraceLimit', { value, writable: true, configurable: true, enumerable: true });
    }
  });

  it("are left out where the program's prepareStackTrace throws or gives no text", async () => {
    const before: unknown = Reflect.get(Error, 'prepareStackTrace');
    const { pool } = poolOfBoats({ stacks: 'always' });
    try {
      for (const prepare of [() => ({ frames: 3 }), (): never => expect.unreachable('prepared')]) {
        Error.prepareStackTrace = prepare;
        const lease = await pool.acquire({ label: 'odd' });
        expect(pool.checkouts()).toMatchObject([{ label: 'odd', stack: '' }]);
        await lease.release();
      }
    } finally {
      Reflect.set(Error, 'prepareStackTrace', before);
    }
  });
});

it('a create that is no function and times that are texts are refused', () => {
  const wrong = [{ create: undefined }, { leakTimeoutMs: '100' }, { idleTimeoutMs: '' }];
  for (const each of wrong) {
    const options = { maxSize: 1, create: () => ({}), ...each } as unknown as ResourcePoolOptions<object>;
    expect(() => new ResourcePool(options)).toThrow(expect.objectContaining({ code: 'HEAPTRAIL_POOL_OPTIONS' }));
  }
});
