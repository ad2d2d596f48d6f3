import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { collectionOf } from '../../../../tools/toolkit/collection.ts';

const program = (name: string): string => fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));

it('graphJson keeps nothing of what it wrote, read or refused', async () => {
  const { leftovers, count } = await collectionOf(program('safe'));
  expect(leftovers).toEqual([]);
  expect([count('Dashboard'), count('Widget'), count('Theme'), count('Special')]).toEqual([0, 0, 0, 0]);
});

it('the careless version keeps every dashboard that was ever saved', async () => {
  const { clean, count } = await collectionOf(program('leaky'), { rounds: 6, snapshotAfter: [3, 6] });
  expect(clean).toBe(false);
  expect([count('Dashboard'), count('Widget')]).toEqual([300, 3000]);
});
