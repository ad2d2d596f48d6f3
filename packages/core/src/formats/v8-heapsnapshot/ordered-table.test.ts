import { expect, it } from 'vitest';
import { orderedTable } from './ordered-table.ts';

it('tells Maps from Sets, and wide from compressed pointers, by the size alone', () => {
  const found = new Map<number, string>();
  for (let buckets = 1; buckets <= 2 ** 24; buckets *= 2)
    for (const [header, slot] of [
      [16, 8],
      [8, 4],
    ])
      for (const entrySlots of [3, 2]) {
        const bytes = header + slot * (3 + buckets * (1 + 2 * entrySlots));
        const layout = `${3 + buckets} ${entrySlots}`;
        expect(found.get(bytes) ?? layout).toBe(layout);
        found.set(bytes, layout);
        expect(orderedTable(bytes)).toEqual({ firstEntry: 3 + buckets, entrySlots });
      }
});

it('takes nothing else for such a table', () => {
  expect([0, 16, 24, 1000, 4096].map(orderedTable)).toEqual(new Array(5).fill(undefined));
});
