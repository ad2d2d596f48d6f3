import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NodeByAddress } from './node-by-address.ts';

const id = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
const address = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 2 ** 53 - 1 }));

it.each([
  ['ids', id, (list: readonly number[]) => Uint32Array.from(list)],
  ['addresses', address, (list: readonly number[]) => Float64Array.from(list)],
] as const)('finds the first node of each of any %s', (_, number, columnOf) => {
  fc.assert(
    fc.property(fc.array(number, { maxLength: 300 }), fc.array(number), (list, others) => {
      const index = new NodeByAddress(columnOf(list));
      for (const each of [...list, ...others]) expect(index.find(each)).toBe(list.indexOf(each));
    }),
  );
});
