import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { collectionOf } from '../../../../tools/toolkit/collection.ts';
import { everyRuntime } from '../../../../tools/toolkit/every-runtime.ts';
import { soakOf } from '../../../../tools/toolkit/soak.ts';

const program = (name: string): string => fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));

for (const { name, runtime, missing } of everyRuntime()) {
  describe.skipIf(runtime === undefined)(runtime === undefined ? `${name}: skipped, ${missing}` : name, () => {
    it('collects all of graphJson', async () => {
      const { leftovers, count } = await collectionOf(program('safe'), { runtime: runtime! });
      expect(leftovers).toEqual([]);
      expect([count('Dashboard'), count('Widget'), count('Theme'), count('Special')]).toEqual([0, 0, 0, 0]);
    });
  });
}

it('graphJson does not grow over 210,000 texts', async () => {
  const { heap, grownTables, rounds } = await soakOf(program('soak'), { rounds: 50 });
  console.log(`graph-json: ${rounds} rounds, ${rounds * 4200} operations, heap ${heap.verdict} (${heap.reasons.join('; ')})`);
  expect(grownTables).toEqual([]);
  expect(['growing', 'cannot-tell', 'too-short']).not.toContain(heap.verdict);
});
