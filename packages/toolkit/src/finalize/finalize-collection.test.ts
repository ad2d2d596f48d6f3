import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { collectionOf } from '../../../../tools/toolkit/collection.ts';

/** A second each, and a minute where the machine has much else to do. */
vi.setConfig({ testTimeout: 240_000 });

const program = (name: string): string => fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));

it('finalizers run once their targets are gone, and leave nothing', async () => {
  const { leftovers, count, tables } = await collectionOf(program('safe'));
  expect(leftovers).toEqual([]);
  expect([count('Connection'), count('Errand'), count('Finalizer')]).toEqual([1, 0, 1]);
  expect(tables[19]).toEqual({ open: 0, finalizers: 1, unreported: 0 });
});

it('the careless finalizer keeps what it waits for', async () => {
  const { clean, count, tables } = await collectionOf(program('leaky'), { rounds: 6, snapshotAfter: [3, 6] });
  expect(clean).toBe(false);
  expect([count('Connection'), tables[5].open]).toEqual([1800, 1800]);
});
