import fc from 'fast-check';
import { Pool } from 'tarn';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Lease } from './lease.ts';
import { ResourcePool } from './resource-pool.ts';

// tarn takes its time from the runtime, so both run on the test's timers.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Step = { readonly do: 'acquire' } | { readonly do: 'release'; readonly which: number } | { readonly do: 'wait'; readonly ms: number };

const STEP = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'acquire' }) },
  { weight: 2, arbitrary: fc.nat({ max: 9 }).map((which): Step => ({ do: 'release', which })) },
  { weight: 1, arbitrary: fc.constantFrom(1, 150, 299, 300, 700).map((ms): Step => ({ do: 'wait', ms })) },
);

/** One pool behind the words of the steps: what is granted, to whom, and who was told that it waited for too long. */
interface Contestant {
  acquire(): Promise<() => void>;
  readonly nameOf: (release: () => void) => number;
}

async function play(steps: readonly Step[], contestant: Contestant): Promise<readonly string[]> {
  const told: string[] = [];
  const held: { readonly caller: number; readonly release: () => void }[] = [];
  let callers = 0;
  for (const step of steps) {
    if (step.do === 'acquire') {
      const caller = callers++;
      contestant.acquire().then(
        (release) => {
          told.push(`${caller} has ${contestant.nameOf(release)}`);
          held.push({ caller, release });
        },
        () => told.push(`${caller} timed out`),
      );
    } else if (step.do === 'release' && held.length > 0) {
      const [{ caller, release }] = held.splice(step.which % held.length, 1);
      told.push(`${caller} gives back`);
      release();
    }
    await vi.advanceTimersByTimeAsync(step.do === 'wait' ? step.ms : 0);
  }
  // A copy: whoever still waits is told later, while the other pool plays.
  return [...told];
}

const OPTIONS = { max: 3, acquireTimeoutMs: 300, idleTimeoutMs: 1_000_000 };

function ours(invalidAfter: number): Contestant {
  let made = 0;
  const uses = new Map<number, number>();
  const names = new Map<() => void, number>();
  const pool = new ResourcePool<number>({
    maxSize: OPTIONS.max,
    acquireTimeoutMs: OPTIONS.acquireTimeoutMs,
    idleTimeoutMs: OPTIONS.idleTimeoutMs,
    stacks: 'never',
    create: async () => made++,
    validate: async (number) => (uses.get(number) ?? 0) < invalidAfter,
  });
  return {
    nameOf: (release) => names.get(release)!,
    acquire: async () => {
      const lease: Lease<number> = await pool.acquire();
      const number = lease.resource;
      uses.set(number, (uses.get(number) ?? 0) + 1);
      const release = (): void => void lease.release();
      names.set(release, number);
      return release;
    },
  };
}

function theirs(invalidAfter: number): Contestant {
  let made = 0;
  const uses = new Map<object, number>();
  const names = new Map<() => void, number>();
  const pool = new Pool<{ readonly number: number }>({
    min: 0,
    max: OPTIONS.max,
    acquireTimeoutMillis: OPTIONS.acquireTimeoutMs,
    idleTimeoutMillis: OPTIONS.idleTimeoutMs,
    create: async () => ({ number: made++ }),
    validate: (resource) => (uses.get(resource) ?? 0) < invalidAfter,
    destroy: () => undefined,
  });
  return {
    nameOf: (release) => names.get(release)!,
    acquire: async () => {
      const resource = await pool.acquire().promise;
      uses.set(resource, (uses.get(resource) ?? 0) + 1);
      const release = (): void => void pool.release(resource);
      names.set(release, resource.number);
      return release;
    },
  };
}

it('the same calls of acquire, release and the same waits end in the same grants as in tarn', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { maxLength: 60 }), fc.constantFrom(Infinity, 3), async (steps, invalidAfter) => {
      const mine = await play(steps, ours(invalidAfter));
      const tarns = await play(steps, theirs(invalidAfter));
      expect(mine).toEqual(tarns);
    }),
    { seed: 20261121, numRuns: 150 },
  );
});
