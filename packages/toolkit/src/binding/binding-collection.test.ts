import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { collectionOf } from '../../../../tools/toolkit/collection.ts';

/** A second each, and a minute where the machine has much else to do. */
vi.setConfig({ testTimeout: 240_000 });

const program = (name: string): string => fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));

it('bindings keep neither side, whichever lives, and no links of what is gone', async () => {
  const { leftovers, count, tables } = await collectionOf(program('safe'));
  expect(leftovers).toEqual([]);
  expect([count('Model'), count('Label')]).toEqual([1, 1]);
  expect(tables[19]).toEqual({ links: 0, handedOn: 1 });
});

it('the strong registry keeps everything that was bound', async () => {
  const { clean, count } = await collectionOf(program('leaky-registry'), { rounds: 6, snapshotAfter: [3, 6] });
  expect(clean).toBe(false);
  expect([count('Model'), count('Label')]).toEqual([300, 300]);
});

it('a finalizer for each set piles up on an owner that lives', async () => {
  const { clean, count } = await collectionOf(program('leaky-finalizers'), { rounds: 6, snapshotAfter: [3, 6] });
  expect(clean).toBe(false);
  expect(count('CleanUp')).toBe(1800);
});
