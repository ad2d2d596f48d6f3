import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadText } from './testing/load-small.ts';
import { differences } from './testing/parsed-oracle.ts';
import { randomRows } from './testing/random-integers.ts';
import { AS_NODE_20, AS_NODE_24, writeSnapshot } from './testing/small-snapshot.ts';

const writings = fc.constantFrom(AS_NODE_20, AS_NODE_24, { ...AS_NODE_20, betweenNumbers: ', ' });

it('reads every number as JSON.parse does, in pieces of any size', () => {
  fc.assert(
    fc.property(
      randomRows,
      writings,
      fc.constantFrom(1, 100, 4096, 1 << 20),
      fc.boolean(),
      fc.boolean(),
      (rows, writing, pieceBytes, keepNames, readsFast) => {
        const text = writeSnapshot(rows, writing);
        expect(differences(loadText(text, { pieceBytes, keepNames, readsFast, shallowSizes: 'raw' }), text)).toEqual([]);
      },
    ),
    { numRuns: 60, seed: 4 },
  );
});
