import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock/manual-clock.ts';
import { poolOfBoats } from './testing/pool-bench.ts';

describe('checkouts', () => {
  it('record who borrowed, when, and from where', async () => {
    const { pool, clock } = poolOfBoats({ stacks: 'always' });
    await clock.advance(10);
    async function fisherman(): Promise<void> {
      await pool.acquire({ label: 'herring' });
    }
    await fisherman();
    await clock.advance(5);
    const [checkout] = pool.checkouts();
    expect(checkout).toMatchObject({ label: 'herring', acquiredAtMs: 10, heldMs: 5 });
    expect(checkout.stack?.split('\n')[0]).toMatch(/^ {4}at fisherman \(.+:\d+:\d+\)$/);
  });

  it('record a stack as long as that takes a twentieth of the time, and each after a leak without one, until there was one with', async () => {
    const clock = new SlowClock();
    const { pool } = poolOfBoats({ stacks: 'budgeted', maxSize: 1_000, leakTimeoutMs: 5_000, clock });
    const leases = await Promise.all(Array.from({ length: 100 }, () => pool.acquire()));
    const recorded = pool.checkouts().filter(({ stack }) => stack !== undefined).length;
    expect(recorded).toBeGreaterThan(30);
    expect(recorded).toBeLessThan(70);
    await clock.advance(5_000);
    for (const lease of leases) await lease.release();
    await Promise.all(Array.from({ length: 100 }, () => pool.acquire()));
    expect(pool.checkouts().filter(({ stack }) => stack !== undefined)).toHaveLength(100);
    await clock.advance(5_000);
    await Promise.all(Array.from({ length: 300 }, () => pool.acquire()));
    const [, ...later] = pool.checkouts().slice(100);
    expect(later.filter(({ stack }) => stack !== undefined).length).toBeLessThan(150);
  });
});

/** On which every look at the time takes a tenth of a millisecond. */
class SlowClock extends ManualClock {
  #looks = 0;
  override nowMs(): number {
    return super.nowMs() + this.#looks++ / 10;
  }
}

describe('a lease that is not given back', () => {
  it('is reported after leakTimeoutMs, once, and taken after twice that; the borrower learns of it', async () => {
    const { pool, clock, warnings, events, boats } = poolOfBoats({ maxSize: 1, leakTimeoutMs: 2_000 });
    const lease = await pool.acquire({ label: 'trawler' });
    await clock.advance(1_999);
    expect(warnings).toEqual([]);
    await clock.advance(1);
    expect(warnings).toEqual([
      'HEAPTRAIL_POOL_LEAK: Harbour has a lease that is not given back: "trawler", borrowed 2000 ms ago. It is taken by force after 4000 ms.',
    ]);
    const waiting = pool.acquire();
    await clock.advance(1_999);
    expect(lease.isHeld).toBe(true);
    await clock.advance(1);
    expect(warnings[1]).toBe(
      'HEAPTRAIL_POOL_RECLAIMED: Harbour took a resource by force: "trawler", borrowed 4000 ms ago. It is destroyed.',
    );
    expect(boats[0].state).toBe('sunk');
    expect((await waiting).resource).toBe(boats[1]);
    const error = { code: 'HEAPTRAIL_LEASE_RECLAIMED' };
    expect(() => lease.resource).toThrow(expect.objectContaining(error));
    expect(() => lease.release()).toThrow(expect.objectContaining(error));
    await expect(lease[Symbol.asyncDispose]()).rejects.toMatchObject(error);
    expect(() => lease[Symbol.dispose]()).toThrow(expect.objectContaining(error));
    expect(events.map(({ type }) => type)).toEqual(['created', 'acquired', 'leak', 'reclaimed', 'destroyed', 'created', 'acquired']);
    expect(pool.statistics()).toMatchObject({ leaks: 1, reclaimed: 1, acquired: 2, leased: 1, destroyed: 1 });
  });

  it('is only reported when reclaimAfterMs is Infinity, and only taken when leakTimeoutMs is', async () => {
    const reported = poolOfBoats({ leakTimeoutMs: 100, reclaimAfterMs: Infinity });
    await reported.pool.acquire();
    await reported.clock.advance(100_000);
    expect(reported.pool.statistics()).toMatchObject({ leaks: 1, reclaimed: 0, leased: 1 });
    expect(reported.warnings).toEqual(['HEAPTRAIL_POOL_LEAK: Harbour has a lease that is not given back: borrowed 100 ms ago.']);
    const taken = poolOfBoats({ reclaimAfterMs: 100 });
    await taken.pool.acquire();
    await taken.clock.advance(100);
    expect(taken.pool.statistics()).toMatchObject({ leaks: 0, reclaimed: 1, leased: 0 });
  });

  it('each has its own time', async () => {
    const { pool, clock } = poolOfBoats({ maxSize: 10, leakTimeoutMs: 2_000 });
    const first = await pool.acquire();
    await clock.advance(700);
    await pool.acquire();
    await clock.advance(700);
    await pool.acquire();
    await clock.advance(600);
    expect(pool.statistics().leaks).toBe(1);
    await first.release();
    await clock.advance(700);
    expect(pool.statistics().leaks).toBe(2);
    await clock.advance(700);
    expect(pool.statistics()).toMatchObject({ leaks: 3, reclaimed: 0 });
    await clock.advance(1_300);
    expect(pool.statistics().reclaimed).toBe(1);
    await clock.advance(700);
    expect(pool.statistics()).toMatchObject({ reclaimed: 2, released: 1, leased: 0 });
  });
});

describe('a lease that was given back', () => {
  it('can neither be used nor given back again', async () => {
    const { pool } = poolOfBoats();
    const lease = await pool.acquire({ label: 'ferry' });
    await lease.release();
    const again = await pool.acquire();
    const message =
      'A lease was released, but the lease was given back before ("ferry", borrowed 0 ms ago). Give a lease back once, and keep its resource no longer than the lease.';
    expect(() => lease.release()).toThrow(expect.objectContaining({ code: 'HEAPTRAIL_LEASE_RELEASED', message }));
    expect(() => lease.discard()).toThrow(expect.objectContaining({ code: 'HEAPTRAIL_LEASE_RELEASED' }));
    expect(() => lease.resource).toThrow(expect.objectContaining({ code: 'HEAPTRAIL_LEASE_RELEASED' }));
    expect(again.isHeld).toBe(true);
    expect(pool.statistics()).toMatchObject({ leased: 1, released: 1 });
  });
});
