import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Lease } from './lease.ts';
import { poolOfBoats, type Boat, type PoolBench } from './testing/pool-bench.ts';

const MAX_SIZE = 3;
const ACQUIRE_TIMEOUT_MS = 500;
const LEAK_TIMEOUT_MS = 2_000;

interface Caller {
  readonly id: number;
  readonly askedAtMs: number;
  readonly abort: AbortController;
}

/** What a pool should do, said as simply as can be: a list of who waits and a list of who holds. */
class Model {
  nowMs = 0;
  nextId = 0;
  waiting: Caller[] = [];
  held: { readonly id: number; readonly sinceMs: number }[] = [];

  /** Everyone who can be served is, in order. */
  settle(): void {
    while (this.waiting.length > 0 && this.held.length < MAX_SIZE) this.held.push({ id: this.waiting.shift()!.id, sinceMs: this.nowMs });
  }

  advance(byMs: number): void {
    for (const untilMs = this.nowMs + byMs; this.nowMs < untilMs;) {
      this.nowMs++;
      this.held = this.held.filter(({ sinceMs }) => sinceMs + 2 * LEAK_TIMEOUT_MS > this.nowMs);
      this.settle();
      this.waiting = this.waiting.filter(({ askedAtMs }) => askedAtMs + ACQUIRE_TIMEOUT_MS > this.nowMs);
    }
  }
}

interface Real extends PoolBench {
  readonly leases: Map<number, Lease<Boat>>;
  readonly held: Set<number>;
}

async function checkNow(model: Model, real: Real): Promise<void> {
  await real.clock.advance(0);
  for (const id of real.held) if (!real.leases.get(id)!.isHeld) real.held.delete(id);
  expect([...real.held].sort((a, b) => a - b)).toEqual(model.held.map(({ id }) => id).sort((a, b) => a - b));
  const now = real.pool.statistics();
  expect(now.waiting).toBe(model.waiting.length);
  expect(now.leased).toBe(model.held.length);
  expect(now.size).toBe(now.idle + now.leased + now.creating + now.validating + now.resetting + now.destroying);
  expect(now.size).toBeLessThanOrEqual(MAX_SIZE);
  expect(now.acquired).toBe(now.released + now.reclaimed + now.collected + now.leased);
  expect(now.created).toBe(now.destroyed + now.size);
  expect(real.afloat()).toBe(now.size);
  const lent = [...real.held].map((id) => real.leases.get(id)!.resource);
  expect(new Set(lent).size).toBe(lent.length);
  expect(lent.every((boat) => boat.state === 'afloat')).toBe(true);
}

type Command = fc.AsyncCommand<Model, Real>;

class Acquire implements Command {
  check = (): boolean => true;
  async run(model: Model, real: Real): Promise<void> {
    const id = model.nextId++;
    const abort = new AbortController();
    model.waiting.push({ id, askedAtMs: model.nowMs, abort });
    model.settle();
    real.pool.acquire({ label: String(id), signal: abort.signal }).then(
      (lease) => {
        real.leases.set(id, lease);
        real.held.add(id);
      },
      () => undefined,
    );
    await checkNow(model, real);
  }
  toString = (): string => 'acquire';
}

class Release implements Command {
  readonly which: number;
  readonly discard: boolean;
  constructor(which: number, discard: boolean) {
    this.which = which;
    this.discard = discard;
  }
  check = (model: Model): boolean => model.held.length > 0;
  async run(model: Model, real: Real): Promise<void> {
    const [{ id }] = model.held.splice(this.which % model.held.length, 1);
    model.settle();
    const lease = real.leases.get(id)!;
    await (this.discard ? lease.discard() : lease.release());
    real.held.delete(id);
    expect(() => lease.release()).toThrow(expect.objectContaining({ code: 'HEAPTRAIL_LEASE_RELEASED' }));
    await checkNow(model, real);
  }
  toString = (): string => `${this.discard ? 'discard' : 'release'} ${this.which}`;
}

class Abort implements Command {
  readonly which: number;
  constructor(which: number) {
    this.which = which;
  }
  check = (model: Model): boolean => model.waiting.length > 0;
  async run(model: Model, real: Real): Promise<void> {
    const [{ abort }] = model.waiting.splice(this.which % model.waiting.length, 1);
    abort.abort();
    await checkNow(model, real);
  }
  toString = (): string => `abort ${this.which}`;
}

class Break implements Command {
  readonly which: number;
  constructor(which: number) {
    this.which = which;
  }
  check = (): boolean => true;
  async run(model: Model, real: Real): Promise<void> {
    const afloat = real.boats.filter((boat) => boat.state === 'afloat');
    if (afloat.length > 0) afloat[this.which % afloat.length].context.broken();
    await checkNow(model, real);
  }
  toString = (): string => `break ${this.which}`;
}

class Advance implements Command {
  readonly byMs: number;
  constructor(byMs: number) {
    this.byMs = byMs;
  }
  check = (): boolean => true;
  async run(model: Model, real: Real): Promise<void> {
    model.advance(this.byMs);
    await real.clock.advance(this.byMs);
    await checkNow(model, real);
  }
  toString = (): string => `advance ${this.byMs}`;
}

const which = fc.nat({ max: 10 });
const COMMANDS = [
  fc.constant(new Acquire()),
  fc.constant(new Acquire()),
  fc.tuple(which, fc.boolean()).map(([at, discard]) => new Release(at, discard)),
  which.map((at) => new Abort(at)),
  which.map((at) => new Break(at)),
  fc.constantFrom(1, 100, 499, 500, 1_000, 2_000, 5_000).map((byMs) => new Advance(byMs)),
];

it('whatever is done to it, a pool lends as the model does, loses nothing, and its counts add up', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands(COMMANDS, { maxCommands: 40 }),
      fc.record({ minSize: fc.constantFrom(0, 2), validated: fc.boolean(), reset: fc.boolean() }),
      async (commands, { minSize, validated, reset }) => {
        const bench = poolOfBoats({
          maxSize: MAX_SIZE,
          minSize,
          acquireTimeoutMs: ACQUIRE_TIMEOUT_MS,
          leakTimeoutMs: LEAK_TIMEOUT_MS,
          idleTimeoutMs: 1_000,
          maxLifetimeMs: 3_000,
          ...(validated ? { validate: async (boat: Boat) => boat.number % 3 !== 0 } : {}),
          ...(reset ? { reset: async () => undefined } : {}),
        });
        await fc.asyncModelRun(() => ({ model: new Model(), real: { ...bench, leases: new Map(), held: new Set() } }), commands);
        const closing = bench.pool.close({ timeoutMs: 100 });
        await bench.clock.advance(100);
        await closing;
        expect(bench.afloat()).toBe(0);
        expect(bench.clock.pendingTimers).toBe(0);
      },
    ),
    { seed: 20261121, numRuns: 60 },
  );
});
