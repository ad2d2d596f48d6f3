import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { collectionOf } from '../../../../tools/toolkit/collection.ts';

/** A second each, and a minute where the machine has much else to do. */
vi.setConfig({ testTimeout: 240_000 });

const program = (name: string): string => fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));

it('weak properties keep neither their values nor their owners', async () => {
  const { leftovers, count, tables } = await collectionOf(program('safe'));
  expect(leftovers).toEqual([]);
  expect([count('Panel'), count('Feed')]).toEqual([1, 1]);
  expect(tables[19]).toEqual({ feedsShown: 0, readers: 0 });
});

it('the careless version keeps the owners of a value', async () => {
  const { clean, count } = await collectionOf(program('leaky'), { rounds: 6, snapshotAfter: [3, 6] });
  expect(clean).toBe(false);
  expect(count('Panel')).toBe(3000);
});
