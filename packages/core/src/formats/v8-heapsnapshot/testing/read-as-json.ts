import fc from 'fast-check';
import { expect } from 'vitest';
import { loadText } from './load-small.ts';
import { differences } from './parsed-oracle.ts';
import { randomRows } from './random-integers.ts';
import { AS_NODE_20, AS_NODE_24, writeSnapshot } from './small-snapshot.ts';

/** Files of random numbers, in every writing, in pieces of any size, with the kernel and without, read as `JSON.parse` reads them. */
export function expectReadAsJson(parameters: { readonly numRuns: number; readonly seed?: number }): void {
  const writings = fc.constantFrom(AS_NODE_20, AS_NODE_24, { ...AS_NODE_20, betweenNumbers: ', ' });
  const pieces = fc.constantFrom(1, 100, 4096, 1 << 20);
  fc.assert(
    fc.property(randomRows, writings, pieces, fc.boolean(), fc.boolean(), (rows, writing, pieceBytes, keepNames, readsFast) => {
      const text = writeSnapshot(rows, writing);
      expect(differences(loadText(text, { pieceBytes, keepNames, readsFast, shallowSizes: 'raw' }), text)).toEqual([]);
    }),
    parameters,
  );
}
