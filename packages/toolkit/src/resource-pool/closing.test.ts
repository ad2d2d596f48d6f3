import { expect, it } from 'vitest';
import { ManualClock } from '../clock/manual-clock.ts';
import { ResourcePool } from './resource-pool.ts';
import { poolOfBoats } from './testing/pool-bench.ts';

it('close refuses, rejects who waits, waits for leases, and leaves no timer', async () => {
  const { pool, clock, boats, events } = poolOfBoats({ maxSize: 2 });
  const [lease, other] = await Promise.all([pool.acquire(), pool.acquire()]);
  const waiting = expect(pool.acquire()).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_CLOSED' });
  let closed = false;
  const closing = pool.close().then(() => (closed = true));
  await waiting;
  await expect(pool.acquire()).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_CLOSED' });
  await other.release();
  expect(boats.map((boat) => boat.state)).toEqual(['afloat', 'sunk']);
  await clock.advance(9_999);
  expect(closed).toBe(false);
  expect(lease.resource.state).toBe('afloat');
  await lease.release();
  await closing;
  expect(boats[0].state).toBe('sunk');
  expect(clock.pendingTimers).toBe(0);
  expect(events.at(-1)).toEqual({ type: 'closed' });
  expect(pool.statistics()).toMatchObject({ size: 0, created: 2, destroyed: 2, acquired: 2, released: 2 });
});

it('close takes by force what is not given back in time', async () => {
  const { pool, clock, boats } = poolOfBoats({ closeTimeoutMs: 1_000 });
  const lease = await pool.acquire();
  const closing = pool.close();
  await clock.advance(1_000);
  await closing;
  expect(boats[0].state).toBe('sunk');
  expect(() => lease.resource).toThrow(expect.objectContaining({ code: 'HEAPTRAIL_LEASE_RECLAIMED' }));
  expect(clock.pendingTimers).toBe(0);
});

it('a later close may be in more of a hurry', async () => {
  const { pool, clock } = poolOfBoats();
  await pool.acquire();
  const patient = pool.close({ timeoutMs: Infinity });
  const hasty = pool.close({ timeoutMs: 10 });
  await clock.advance(10);
  await Promise.all([patient, hasty]);
  expect(pool.statistics()).toMatchObject({ size: 0, reclaimed: 1 });
});

it('close waits for what is being made and destroys it; by force it does not wait', async () => {
  for (const force of [false, true]) {
    const clock = new ManualClock();
    const destroyed: string[] = [];
    let finish: (boat: string) => void = () => undefined;
    const create = (): Promise<string> => new Promise((resolve) => (finish = resolve));
    const pool = new ResourcePool<string>({ maxSize: 1, clock, create, destroy: (boat) => void destroyed.push(boat) });
    const waiting = expect(pool.acquire()).rejects.toMatchObject({ code: 'HEAPTRAIL_POOL_CLOSED' });
    const closing = pool.close({ timeoutMs: 100 });
    await waiting;
    if (force) {
      await clock.advance(100);
      await closing;
      finish('boat');
      await clock.advance(0);
    } else {
      finish('boat');
      await closing;
    }
    expect(destroyed).toEqual(['boat']);
    expect(clock.pendingTimers).toBe(0);
  }
});

it('`await using` closes a pool, and closing twice is closing once', async () => {
  const { pool, boats } = poolOfBoats();
  {
    await using mine = pool;
    await mine.use(() => undefined);
  }
  await pool.close();
  expect(boats[0].state).toBe('sunk');
});

it('an observer that throws is reported, one that left hears nothing', async () => {
  const { pool, warnings } = poolOfBoats();
  let heard = 0;
  const observer = pool.observe(() => {
    heard++;
    throw new Error('deaf');
  });
  const lease = await pool.acquire();
  observer[Symbol.dispose]();
  await lease.release();
  expect(heard).toBe(2);
  expect(warnings).toEqual(['HEAPTRAIL_OBSERVER: An observer threw: deaf', 'HEAPTRAIL_OBSERVER: An observer threw: deaf']);
});

it('a logger that throws does not stop the pool', async () => {
  const clock = new ManualClock();
  const warn = (): never => {
    throw new Error('disk full');
  };
  const destroy = (): never => {
    throw new Error('stuck');
  };
  const pool = new ResourcePool({ maxSize: 1, clock, logger: { warn }, create: () => ({}), destroy });
  await (await pool.acquire()).release();
  const lease = await pool.acquire();
  expect(() => lease.discard()).toThrow('disk full');
  expect(await pool.use(() => 'fine')).toBe('fine');
});
