import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { collectionOf } from './collection.ts';
import { everyRuntime } from './every-runtime.ts';
import { soakOf } from './soak.ts';

/** Operations on the primitive in one round of its safe program, and rounds of the soak: 200,000 operations, or as many as make a series that can be judged. */
const PROGRAMS = [
  { primitive: 'resource-pool', operations: 2_260, rounds: 89 },
  { primitive: 'task-pool', operations: 2_005, rounds: 100 },
  { primitive: 'timers', operations: 3_000, rounds: 500 },
] as const;

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
  it.each(PROGRAMS)('$primitive does not grow over 200,000 operations or more', async ({ primitive, operations, rounds: most }) => {
    const { heap, grownTables, rounds } = await soakOf(programOf(primitive), { rounds: most });
    console.log(`${primitive}: ${rounds} rounds, ${rounds * operations} operations, heap ${heap.verdict} (${heap.reasons.join('; ')})`);
    expect(grownTables).toEqual([]);
    expect(['growing', 'cannot-tell', 'too-short']).not.toContain(heap.verdict);
  });
});
