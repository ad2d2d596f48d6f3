import fc from 'fast-check';
import { expect, it } from 'vitest';
import { randomHeap } from '../testing/random-heap.ts';
import { equalsRemoval } from '../testing/removal-oracle.ts';

it('6,000 random heaps have the dominators and retained sizes that the removal of single nodes shows', () => {
  let compared = 0;
  fc.assert(
    fc.property(randomHeap(44), (shape) => void (compared += Number(equalsRemoval(shape)))),
    { numRuns: 6000 },
  );
  expect(compared).toBeGreaterThan(5500);
});
