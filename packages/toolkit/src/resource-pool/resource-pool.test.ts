import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock/manual-clock.ts';
import { ResourcePool } from './resource-pool.ts';
import { poolOfBoats } from './testing/pool-bench.ts';

describe('lending', () => {
  it('makes what is missing, lends what came back last, and never has more than maxSize', async () => {
    const { pool, boats, clock } = poolOfBoats({ maxSize: 2 });
    const first = await pool.acquire();
    const second = await pool.acquire();
    const third = pool.acquire();
    await clock.advance(0);
    expect(pool.statistics()).toMatchObject({ size: 2, leased: 2, waiting: 1, created: 2 });
    await second.release();
    await first.release();
    expect((await third).resource.number).toBe(1);
    expect((await pool.acquire()).resource.number).toBe(0);
    expect(boats).toHaveLength(2);
  });

  it('serves in the order of asking', async () => {
    const { pool } = poolOfBoats({ maxSize: 1 });
    const order: string[] = [];
    const lease = await pool.acquire();
    const asked = ['a', 'b', 'c'].map(async (label) => {
      const mine = await pool.acquire({ label });
      order.push(label);
      await mine.release();
    });
    await lease.release();
    await Promise.all(asked);
    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('fills itself to minSize when it is made, and again after losses', async () => {
    const { pool, clock, boats } = poolOfBoats({ minSize: 2, maxSize: 3 });
    await clock.advance(0);
    expect(pool.statistics()).toMatchObject({ idle: 2, size: 2 });
    boats[0].context.broken();
    await clock.advance(0);
    expect(pool.statistics()).toMatchObject({ idle: 2, created: 3, destroyed: 1 });
  });

  it('use() gives back whatever happens', async () => {
    const { pool } = poolOfBoats();
    expect(await pool.use((boat) => boat.number)).toBe(0);
    await expect(pool.use(() => Promise.reject(new Error('hole')))).rejects.toThrow('hole');
    expect(pool.statistics()).toMatchObject({ leased: 0, idle: 1, acquired: 2, released: 2 });
  });

  it('`await using` gives back at the end of the scope', async () => {
    const { pool } = poolOfBoats();
    {
      await using lease = await pool.acquire({ label: 'scope' });
      expect(lease.label).toBe('scope');
      expect(pool.statistics().leased).toBe(1);
    }
    expect(pool.statistics()).toMatchObject({ leased: 0, idle: 1 });
    {
      using lease = await pool.acquire();
      await lease.release();
    }
    expect(pool.statistics()).toMatchObject({ leased: 0, released: 2 });
  });
});

describe('waiting', () => {
  it('ends at its timeout, with who holds what', async () => {
    const { pool, clock } = poolOfBoats({ maxSize: 1, acquireTimeoutMs: 100 });
    const lease = await pool.acquire({ label: 'ferry' });
    await clock.advance(50);
    const late = expect(pool.acquire()).rejects.toMatchObject({
      code: 'HEAPTRAIL_POOL_ACQUIRE_TIMEOUT',
      message:
        'Harbour expected a free resource within 100 ms; 1 are lent out, the oldest "ferry", borrowed 150 ms ago. Give leases back sooner, raise maxSize, or raise timeoutMs.',
    });
    await clock.advance(100);
    await late;
    await lease.release();
    expect(pool.statistics()).toMatchObject({ waiting: 0, idle: 1, timeouts: 1 });
  });

  it('ends when its signal is aborted, and takes its listener away in any case', async () => {
    const { pool } = poolOfBoats({ maxSize: 1 });
    const lease = await pool.acquire();
    const controller = new AbortController();
    const { signal } = controller;
    const listeners = (): number => getEventListeners(signal, 'abort').length;
    const given = pool.acquire({ signal });
    const aborted = pool.acquire({ signal });
    expect(listeners()).toBe(1);
    await lease.release();
    const second = await given;
    expect(listeners()).toBe(1);
    controller.abort('tide');
    await expect(aborted).rejects.toBe('tide');
    await expect(pool.acquire({ signal })).rejects.toBe('tide');
    expect(listeners()).toBe(0);
    await second.release();
    expect(pool.statistics()).toMatchObject({ waiting: 0, idle: 1, aborts: 1 });
  });

  it('is refused beyond maxWaiting, counting only those that cannot be served at once', async () => {
    const { pool } = poolOfBoats({ maxSize: 2, maxWaiting: 1 });
    const asked = [pool.acquire(), pool.acquire(), pool.acquire()];
    await expect(pool.acquire()).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_QUEUE_FULL' });
    await (await asked[0]).release();
    await (await asked[2]).release();
    expect(pool.statistics()).toMatchObject({ refused: 1, leased: 1, idle: 1 });
  });
});

describe('the factory', () => {
  it('create that fails is told to who has waited longest, and the next call tries again', async () => {
    let broken = true;
    const { pool, events, clock } = poolOfBoats({
      create: (context) => (broken ? Promise.reject(new Error('no wood')) : { number: 7, context, state: 'afloat' }),
    });
    await expect(pool.acquire()).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_CREATE', cause: new Error('no wood') });
    broken = false;
    expect((await pool.acquire()).resource.number).toBe(7);
    await clock.advance(0);
    expect(events.map((event) => event.type)).toEqual(['create-failed', 'created', 'acquired']);
  });

  it('create that fails for minSize is tried again, ever more rarely', async () => {
    let tries = 0;
    const { pool, clock } = poolOfBoats({
      minSize: 1,
      create: (context) => (++tries < 4 ? Promise.reject(new Error('no wood')) : { number: 0, context, state: 'afloat' }),
    });
    await clock.advance(0);
    expect(tries).toBe(1);
    await clock.advance(200);
    expect(tries).toBe(2);
    await clock.advance(399);
    expect(tries).toBe(2);
    await clock.advance(1);
    expect(tries).toBe(3);
    await clock.advance(800);
    expect(pool.statistics()).toMatchObject({ idle: 1, createFailures: 3 });
  });

  it('create that takes too long is aborted; what comes late is destroyed', async () => {
    const clock = new ManualClock();
    const made: (() => void)[] = [];
    const destroyed: string[] = [];
    let signal: AbortSignal | undefined;
    const pool = new ResourcePool({
      maxSize: 1,
      clock,
      createTimeoutMs: 100,
      create: (context) => {
        signal = context.signal;
        return new Promise<string>((resolve) => made.push(() => resolve('late boat')));
      },
      destroy: (boat) => void destroyed.push(boat),
    });
    const failed = expect(pool.acquire()).rejects.toMatchObject({
      code: 'HEAPTRAIL_POOL_CREATE',
      cause: { code: 'HEAPTRAIL_POOL_CALL_TIMEOUT' },
    });
    await clock.advance(100);
    await failed;
    expect(signal?.aborted).toBe(true);
    made[0]();
    await clock.advance(0);
    expect(destroyed).toEqual(['late boat']);
    expect(pool.statistics()).toMatchObject({ size: 0, created: 1, destroyed: 1 });
  });

  it('validate decides before an idle resource is lent; a throw and a timeout mean no', async () => {
    const verdicts: (() => boolean | Promise<boolean>)[] = [
      () => false,
      () => Promise.reject(new Error('leaky')),
      () => new Promise<boolean>(() => undefined),
      () => Promise.resolve(true),
    ];
    const { pool, clock, boats } = poolOfBoats({ maxSize: 4, validateTimeoutMs: 50, validate: () => verdicts.shift()!() });
    const leases = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire(), pool.acquire()]);
    for (const lease of leases.reverse()) await lease.release();
    const asked = pool.acquire();
    await clock.advance(0);
    await clock.advance(50);
    expect((await asked).resource).toBe(boats[3]);
    expect(pool.statistics()).toMatchObject({ validateFailures: 3, destroyed: 3, leased: 1, validating: 0 });
  });

  it('a resource whose caller left while it was validated goes to the next', async () => {
    let answer: ((valid: boolean) => void) | undefined;
    const { pool, clock } = poolOfBoats({
      maxSize: 1,
      acquireTimeoutMs: 100,
      validate: () => new Promise((resolve) => (answer = resolve)),
    });
    await (await pool.acquire()).release();
    const left = expect(pool.acquire()).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_ACQUIRE_TIMEOUT' });
    await clock.advance(100);
    await left;
    answer!(true);
    await clock.advance(0);
    expect(pool.statistics()).toMatchObject({ idle: 1, waiting: 0, validating: 0 });
  });

  it('reset comes before the next borrower; one that fails costs the resource', async () => {
    const results = [Promise.resolve(), Promise.reject(new Error('stuck'))];
    const { pool, boats, events } = poolOfBoats({ maxSize: 1, reset: () => results.shift() });
    const lease = await pool.acquire();
    const next = pool.acquire();
    const released = lease.release();
    expect(pool.statistics()).toMatchObject({ resetting: 1, leased: 0 });
    await released;
    const second = await next;
    expect(second.resource).toBe(boats[0]);
    await second.release();
    expect(boats[0].state).toBe('sunk');
    expect(pool.statistics()).toMatchObject({ size: 0, resetFailures: 1 });
    expect(events.map((event) => event.type)).toContain('reset-failed');
  });

  it('destroy that throws or hangs is reported and counted, and its place comes back', async () => {
    const ends = [() => Promise.reject(new Error('afloat')), () => new Promise(() => undefined)];
    const { pool, clock, warnings } = poolOfBoats({ maxSize: 1, destroyTimeoutMs: 50, destroy: () => ends.shift()!() });
    await (await pool.acquire()).discard();
    await (await pool.acquire()).discard();
    const asked = pool.acquire();
    await clock.advance(49);
    expect(pool.statistics()).toMatchObject({ destroying: 1, waiting: 1 });
    await clock.advance(1);
    await asked;
    expect(pool.statistics()).toMatchObject({ destroyFailures: 2, created: 3, leased: 1 });
    expect(warnings).toEqual([
      'HEAPTRAIL_POOL_DESTROY: Harbour: destroy() of a resource failed: afloat',
      'HEAPTRAIL_POOL_DESTROY: Harbour: destroy() of a resource failed: destroy() did not settle within 50 ms. Find what it waits for, or raise destroyTimeoutMs.',
    ]);
  });

  it('without destroy, what is disposable is disposed', async () => {
    const ended: string[] = [];
    for (const symbol of [Symbol.asyncDispose, Symbol.dispose] as const) {
      const pool = new ResourcePool<object>({
        maxSize: 1,
        clock: new ManualClock(),
        create: () => ({ [symbol]: () => void ended.push(symbol === Symbol.dispose ? 'dispose' : 'asyncDispose') }),
      });
      await pool.use(() => undefined);
      await pool.close();
    }
    expect(ended).toEqual(['asyncDispose', 'dispose']);
  });

  it('context.broken ends an idle resource at once, and a lent one when it comes back', async () => {
    const { pool, boats } = poolOfBoats({ maxSize: 2 });
    const [first, second] = await Promise.all([pool.acquire(), pool.acquire()]);
    await first.release();
    boats[0].context.broken();
    expect(boats[0].state).toBe('sunk');
    boats[1].context.broken();
    expect(second.resource.state).toBe('afloat');
    await second.release();
    expect(pool.statistics()).toMatchObject({ size: 0, destroyed: 2 });
  });

  it('many callers of a factory that fails at once neither overflow the stack nor hang', async () => {
    const clock = new ManualClock();
    let tries = 0;
    const create = (): Promise<object> => {
      if (tries++ === 0) return Promise.reject(new Error('no wood'));
      throw new Error('no wood');
    };
    const pool = new ResourcePool<object>({ maxSize: 1, clock, create, stacks: 'never' });
    const asked = await Promise.allSettled(Array.from({ length: 5_000 }, () => pool.acquire()));
    expect(asked.every((each) => each.status === 'rejected')).toBe(true);
    expect(pool.statistics()).toMatchObject({ waiting: 0, creating: 0, createFailures: 5_000 });
  });
});

describe('age', () => {
  it('idle resources beyond minSize go, the longest idle first', async () => {
    const { pool, clock, boats } = poolOfBoats({ minSize: 1, maxSize: 3, idleTimeoutMs: 1_000 });
    const leases = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
    await leases[2].release();
    await clock.advance(500);
    await leases[0].release();
    await leases[1].release();
    await clock.advance(500);
    expect(boats.map((boat) => boat.state)).toEqual(['afloat', 'afloat', 'sunk']);
    await clock.advance(500);
    expect(boats.map((boat) => boat.state)).toEqual(['sunk', 'afloat', 'sunk']);
    await clock.advance(10_000);
    expect(pool.statistics()).toMatchObject({ size: 1, idle: 1 });
  });

  it('a resource older than maxLifetimeMs is replaced: idle at once, lent when it comes back', async () => {
    const { pool, clock, boats } = poolOfBoats({ minSize: 1, maxSize: 2, maxLifetimeMs: 1_000, idleTimeoutMs: Infinity });
    await clock.advance(0);
    await clock.advance(999);
    expect(boats).toHaveLength(1);
    const lease = await pool.acquire();
    await clock.advance(1);
    expect(boats[0].state).toBe('afloat');
    await lease.release();
    expect(boats[0].state).toBe('sunk');
    await clock.advance(0);
    expect(boats).toHaveLength(2);
    await clock.advance(1_000);
    expect(boats.map((boat) => boat.state)).toEqual(['sunk', 'sunk', 'afloat']);
  });
});

describe('options', () => {
  it.each([
    [{ maxSize: 0 }, 'maxSize must be a whole number from 1, and is 0.'],
    [{ minSize: 3 }, 'minSize must be a whole number from 0 to maxSize (2), and is 3.'],
    [{ maxWaiting: -1 }, 'maxWaiting must be 0 or more, and is -1.'],
    [{ idleTimeoutMs: NaN }, 'idleTimeoutMs must be milliseconds from 0 to Infinity, and is NaN.'],
    [
      { leakTimeoutMs: 10, reclaimAfterMs: 5 },
      'reclaimAfterMs (5) must not be less than leakTimeoutMs (10): a leak is reported before it is ended.',
    ],
  ])('%j is refused', (options, message) => {
    expect(() => poolOfBoats(options)).toThrow(expect.objectContaining({ code: 'HEAPTRAIL_POOL_OPTIONS', message }));
  });
});
