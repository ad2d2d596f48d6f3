import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { collectionOf } from '../../../../tools/toolkit/collection.ts';

const program = (name: string): string => fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));

it('a screen goes with its tasks, and the ticker pauses when the last is gone', async () => {
  const { leftovers, count, tables } = await collectionOf(program('safe'));
  expect(leftovers).toEqual([]);
  expect(count('Screen')).toBe(0);
  expect(tables).toHaveLength(20);
  for (const table of tables) expect(Object.values(table).every((size) => size === 0)).toBe(true);
});

it('the leaky twin fails the same test', async () => {
  const { clean, count } = await collectionOf(program('leaky'), { rounds: 8, snapshotAfter: [3, 8] });
  expect(clean).toBe(false);
  expect(count('Screen')).toBe(800);
});
