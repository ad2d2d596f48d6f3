import { describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { collectionOf } from './collection.ts';
import { everyRuntime } from './every-runtime.ts';
import { soakOf } from './soak.ts';

/** Operations on the primitive in one round of its safe program. */
const PROGRAMS = [
  { primitive: 'weak', operations: 3500 },
  { primitive: 'weak-collections', operations: 2500 },
  { primitive: 'finalize', operations: 1500 },
  { primitive: 'binding', operations: 1020 },
] as const;
const SOAK_OPERATIONS = 200_000;
const NO_GROWTH = ['steady', 'warming-up', 'sawtooth', 'back-to-baseline'];

const programOf = (primitive: string): string =>
  fileURLToPath(new URL(`../../packages/toolkit/src/${primitive}/programs/safe.ts`, import.meta.url));

for (const { name, runtime, missing } of everyRuntime()) {
  describe.skipIf(runtime === undefined)(runtime === undefined ? `${name}: skipped, ${missing}` : name, () => {
    it.each(PROGRAMS)('collects all of $primitive', async ({ primitive }) => {
      const { leftovers } = await collectionOf(programOf(primitive), { runtime: runtime! });
      expect(leftovers).toEqual([]);
    });
  });
}

describe('soak', () => {
  it.each(PROGRAMS)('$primitive does not grow over 200,000 operations or 60 s', async ({ primitive, operations }) => {
    const { heap, grownTables, rounds } = await soakOf(programOf(primitive), { rounds: Math.ceil(SOAK_OPERATIONS / operations) });
    console.log(`${primitive}: ${rounds} rounds, ${rounds * operations} operations, heap ${heap.verdict} (${heap.reasons.join('; ')})`);
    expect(grownTables).toEqual([]);
    expect(NO_GROWTH).toContain(heap.verdict);
  });

  it('does not pass a leaky twin', async () => {
    const leaky = fileURLToPath(new URL('../../packages/toolkit/src/weak/programs/leaky.ts', import.meta.url));
    const { heap, grownTables } = await soakOf(leaky, { rounds: 60 });
    expect(grownTables).toEqual([expect.stringMatching(/^owners: 5000 to 30000$/)]);
    // A Set that doubles now and then makes a long saw of it, of which the rule will not say that it grows; but never that it does not.
    expect(NO_GROWTH).not.toContain(heap.verdict);
  });
});
