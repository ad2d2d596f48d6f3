import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { collectionOf } from './collection.ts';
import { everyRuntime } from './every-runtime.ts';
import { soakOf } from './soak.ts';

/** Operations on the primitive in one round of its program, and rounds of the soak: 200,000 operations, or as many as make a series that can be judged. */
const PROGRAMS = [
  { primitive: 'weak', operations: 3500, rounds: 58 },
  { primitive: 'weak-collections', operations: 2500, rounds: 80 },
  { primitive: 'finalize', operations: 1500, rounds: 134 },
  { primitive: 'binding', operations: 1020, rounds: 197 },
  { primitive: 'resource-pool', operations: 2260, rounds: 89 },
  { primitive: 'task-pool', operations: 2005, rounds: 100 },
  { primitive: 'timers', operations: 3000, rounds: 500 },
  // Its collection test writes a graph or two a round: the soak has a program of its own.
  { primitive: 'graph-json', operations: 4200, rounds: 50, soak: 'soak' },
] as const satisfies readonly { primitive: string; operations: number; rounds: number; soak?: string }[];

/** What a heap may do that does not grow. */
const NO_GROWTH = ['steady', 'warming-up', 'sawtooth', 'back-to-baseline'];

const programOf = (primitive: string, name = 'safe'): string =>
  fileURLToPath(new URL(`../../packages/toolkit/src/${primitive}/programs/${name}.ts`, import.meta.url));

for (const { name, runtime, missing } of everyRuntime()) {
  describe.skipIf(runtime === undefined)(runtime === undefined ? `${name}: skipped, ${missing}` : name, () => {
    it.each(PROGRAMS)('collects all of $primitive', async ({ primitive }) => {
      const { leftovers } = await collectionOf(programOf(primitive), { runtime: runtime! });
      expect(leftovers).toEqual([]);
    });
  });
}

describe('soak', () => {
  it.each(PROGRAMS)('$primitive does not grow over 200,000 operations or 60 s', async ({ primitive, operations, rounds: most, ...own }) => {
    const { heap, grownTables, rounds } = await soakOf(programOf(primitive, 'soak' in own ? own.soak : undefined), { rounds: most });
    console.log(`${primitive}: ${rounds} rounds, ${rounds * operations} operations, heap ${heap.verdict} (${heap.reasons.join('; ')})`);
    expect(grownTables).toEqual([]);
    expect(NO_GROWTH).toContain(heap.verdict);
  });

  it('does not pass a leaky twin', async () => {
    const { heap, grownTables } = await soakOf(programOf('weak', 'leaky'), { rounds: 60 });
    expect(grownTables).toEqual([expect.stringMatching(/^owners: 5000 to 30000$/)]);
    // A Set that doubles now and then makes a long saw of it, of which the rule will not say that it grows; but never that it does not.
    expect(NO_GROWTH).not.toContain(heap.verdict);
  });
});
