import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { collectionOf } from './collection.ts';
import { everyRuntime } from './every-runtime.ts';
import { soakOf } from './soak.ts';

/** Operations on the primitive in one round of its safe program. */
const PROGRAMS = [
  { primitive: 'resource-pool', operations: 2_260 },
  { primitive: 'task-pool', operations: 2_005 },
  { primitive: 'timers', operations: 3_000 },
] as const;
const SOAK_OPERATIONS = 200_000;

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
  it.each(PROGRAMS)('$primitive does not grow over 200,000 operations', async ({ primitive, operations }) => {
    const { heap, grownTables, rounds } = await soakOf(programOf(primitive), { rounds: Math.ceil(SOAK_OPERATIONS / operations) });
    console.log(`${primitive}: ${rounds} rounds, ${rounds * operations} operations, heap ${heap.verdict} (${heap.reasons.join('; ')})`);
    expect(grownTables).toEqual([]);
    expect(['growing', 'cannot-tell', 'too-short']).not.toContain(heap.verdict);
  });
});
