import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ManualClock } from '../clock/manual-clock.ts';
import { silentLogger } from '../logger/logger.ts';
import { type Lease } from './lease.ts';
import { type CreateContext } from './pool-options.ts';
import { ResourcePool } from './resource-pool.ts';

const MAX_SIZE = 3;

interface Thing {
  readonly context: CreateContext;
  ended: number;
}

/** What a function of the factory does this time. */
const MOODS = ['at once', 'at once', 'soon', 'soon', 'throws', 'rejects', 'hangs', 'broken'] as const;
type Mood = (typeof MOODS)[number];

const STEP = fc.tuple(
  fc.constantFrom('acquire', 'acquire', 'acquire', 'release', 'release', 'discard', 'abort', 'break', 'advance', 'advance', 'close'),
  fc.nat(5),
);
const SETUP = fc.record({
  minSize: fc.nat(2),
  maxLifetimeMs: fc.constantFrom(Infinity, 120),
  leakTimeoutMs: fc.constantFrom(Infinity, 90),
  validates: fc.boolean(),
  resets: fc.boolean(),
  moods: fc.array(fc.constantFrom(...MOODS), { minLength: 1, maxLength: 12 }),
  steps: fc.array(STEP, { maxLength: 30 }),
});
type Setup = typeof SETUP extends fc.Arbitrary<infer T> ? T : never;

/** A pool whose factory is in ever other moods, and all that was made by it. */
function moodyPool({ minSize, maxLifetimeMs, leakTimeoutMs, validates, resets, moods }: Setup): {
  readonly pool: ResourcePool<Thing>;
  readonly clock: ManualClock;
  readonly things: readonly Thing[];
} {
  const clock = new ManualClock();
  const things: Thing[] = [];
  let at = 0;
  const act = <T>(allowed: readonly Mood[], give: () => T): T | Promise<T> => {
    const drawn = moods[at++ % moods.length];
    const mood = allowed.includes(drawn) ? drawn : 'at once';
    if (mood === 'throws') throw new Error('in no mood');
    if (mood === 'rejects') return Promise.reject(new Error('in no mood'));
    if (mood === 'hangs') return new Promise(() => undefined);
    if (mood !== 'soon') return give();
    return new Promise((resolve) => {
      clock.after(7, () => resolve(give()));
    });
  };
  const pool = new ResourcePool<Thing>({
    minSize,
    maxSize: MAX_SIZE,
    maxWaiting: 4,
    clock,
    logger: silentLogger,
    stacks: 'never',
    acquireTimeoutMs: 60,
    createTimeoutMs: 40,
    validateTimeoutMs: 30,
    resetTimeoutMs: 30,
    destroyTimeoutMs: 30,
    idleTimeoutMs: 50,
    closeTimeoutMs: 100,
    maxLifetimeMs,
    leakTimeoutMs,
    create: (context) => {
      const isBroken = moods[at % moods.length] === 'broken';
      return act(MOODS, () => {
        const thing = { context, ended: 0 };
        things.push(thing);
        if (isBroken) context.broken();
        return thing;
      });
    },
    ...(validates ? { validate: () => act(MOODS, () => at % 3 !== 0) } : {}),
    ...(resets ? { reset: () => act(MOODS, () => undefined) } : {}),
    destroy: (thing) => {
      thing.ended++;
      return act(['at once', 'soon', 'throws', 'rejects', 'hangs'], () => undefined);
    },
  });
  return { pool, clock, things };
}

function check(pool: ResourcePool<Thing>): void {
  const now = pool.statistics();
  expect(now.size).toBe(now.idle + now.leased + now.creating + now.validating + now.resetting + now.destroying);
  expect(now.size).toBeLessThanOrEqual(MAX_SIZE);
  expect(now.acquired).toBe(now.released + now.reclaimed + now.collected + now.leased);
  expect(now.created).toBe(now.destroyed + now.destroyFailures + now.size - now.creating);
}

it('whatever its factory does, a pool answers everyone, keeps its counts, ends each resource once, and closes without a timer', async () => {
  await fc.assert(
    fc.asyncProperty(SETUP, async (setup) => {
      const { pool, clock, things } = moodyPool(setup);
      const leases: Lease<Thing>[] = [];
      const aborts: AbortController[] = [];
      let asked = 0;
      let answered = 0;
      for (const [step, which] of setup.steps) {
        const lease = leases[which % Math.max(1, leases.length)] as Lease<Thing> | undefined;
        if (step === 'acquire') {
          const abort = new AbortController();
          aborts.push(abort);
          asked++;
          const options = which === 0 ? { signal: abort.signal } : which === 1 ? { timeoutMs: 20 } : {};
          const settled = (): void => {
            answered++;
          };
          pool.acquire(options).then((given) => {
            leases.push(given);
            settled();
          }, settled);
        } else if (step === 'release' && lease?.isHeld === true) void lease.release();
        else if (step === 'discard' && lease?.isHeld === true) void lease.discard();
        else if (step === 'abort') aborts[which]?.abort(new Error('called off'));
        else if (step === 'break') things[which]?.context.broken();
        else if (step === 'advance') await clock.advance(which * 9);
        else if (step === 'close' && which === 0) void pool.close();
        check(pool);
      }
      let closed = false;
      void pool.close().then(() => (closed = true));
      // The force after 100 ms, and 30 more for what is destroyed then.
      for (let ms = 0; ms < 140; ms += 10) {
        await clock.advance(10);
        check(pool);
      }
      expect([closed, answered, pool.statistics().waiting, clock.pendingTimers]).toEqual([true, asked, 0, 0]);
      expect(pool.statistics()).toMatchObject({ size: 0, leased: 0 });
      expect(leases.every(({ isHeld }) => !isHeld)).toBe(true);
      expect(things.map(({ ended }) => ended)).toEqual(things.map(() => 1));
    }),
    { seed: 20261121, numRuns: 150 },
  );
});
