import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NodeRanks } from './node-ranks.ts';

test('gives each node of a set its rank, and no other node any', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.array(fc.nat(199), { maxLength: 80 }), (nodeCount, some) => {
      const nodes = some.filter((node) => node < nodeCount);
      const sorted = [...new Set(nodes)].sort((a, b) => a - b);
      const ranks = new NodeRanks(Uint32Array.from(nodes), nodeCount);
      expect(ranks.count).toBe(sorted.length);
      for (let node = 0; node < nodeCount; node++) expect(ranks.of(node)).toBe(sorted.indexOf(node));
    }),
    { seed: 20261121, numRuns: 300 },
  );
});
