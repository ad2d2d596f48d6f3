import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { collectionOf } from '../../../../tools/toolkit/collection.ts';

/** A second each, and a minute where the machine has much else to do. */
vi.setConfig({ testTimeout: 240_000 });

const program = (name: string): string => fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));

it('weak collections, references and proxies keep none of their members, and no cells of dead ones', async () => {
  const { leftovers, count, tables } = await collectionOf(program('safe'));
  expect(leftovers).toEqual([]);
  expect([count('Session'), count('Note')]).toEqual([1, 0]);
  expect(tables[19]).toEqual({ byId: 1, open: 1, notes: 0, wrongAnswers: 0 });
});

it('members may die, come and go while somebody goes through them', async () => {
  const { leftovers, tables } = await collectionOf(program('dying'), { rounds: 6, snapshotAfter: [3, 6] });
  expect(leftovers).toEqual([]);
  expect(tables[5]).toEqual({ byId: 0, refused: 0, open: 0, notes: 0, wrongAnswers: 0 });
});

it('the careless WeakRef map keeps its cells and keys', async () => {
  const { clean, count, tables } = await collectionOf(program('leaky-value-map'), { rounds: 6, snapshotAfter: [3, 6] });
  expect(clean).toBe(false);
  expect([count('Session'), count('SessionKey'), tables[5].sessions]).toEqual([0, 1800, 1800]);
});

it('the careless map with weak keys keeps what its values lead to', async () => {
  const { clean, count } = await collectionOf(program('leaky-key-map'), { rounds: 6, snapshotAfter: [3, 6] });
  expect(clean).toBe(false);
  expect(count('Session')).toBe(1800);
});
