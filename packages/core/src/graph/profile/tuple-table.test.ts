import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TupleTable } from './tuple-table.ts';

test('equal tuples share a number, given in the order of first sight', () => {
  const value = fc.oneof(fc.nat(3), fc.constantFrom(0xffffffff, 0x80000000));
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, value, value), { maxLength: 200 }), (tuples) => {
      const table = new TupleTable();
      const ids = new Map<string, number>();
      for (const tuple of tuples) {
        const key = tuple.join();
        if (!ids.has(key)) ids.set(key, ids.size);
        expect(table.intern(...tuple)).toBe(ids.get(key));
      }
      const columns = table.finish();
      expect([...ids.keys()]).toEqual(Array.from({ length: table.size }, (_, id) => columns.map((column) => column[id]).join()));
    }),
    { seed: 20261121, numRuns: 200 },
  );
});

test.each([
  ['neighbours', (at: number) => [0, 0, at, 0]],
  ['the high bits alone', (at: number) => [at << 16, 0, 0, 0]],
  ['two values that move against each other', (at: number) => [at, 0, 100_000 - at, 0]],
] as const)('a hundred thousand tuples that differ in %s find their places without a long search', (_name, tupleAt) => {
  const table = new TupleTable();
  for (let at = 0; at < 100_000; at++) {
    const [a, b, c, d] = tupleAt(at);
    table.intern(a >>> 0, b, c, d);
  }
  expect(table.size).toBe(_name === 'the high bits alone' ? 65_536 : 100_000);
});
