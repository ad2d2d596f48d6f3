import { afterAll, expect, it } from 'vitest';
import { devToolsHeap } from '../../../../../tools/oracle/devtools.ts';
import { AGREEMENT, disagreement } from './testing/compare-devtools.ts';
import { loadBytes } from './testing/load-small.ts';
import { differences } from './testing/parsed-oracle.ts';
import { MIXED_HEAP } from './testing/programs.ts';
import { takeSnapshot } from './testing/take-snapshot.ts';

const snapshot = takeSnapshot(MIXED_HEAP);
afterAll(() => snapshot[Symbol.dispose]());

it('agrees with DevTools on every node of a fresh snapshot of this Node', async () => {
  const found = disagreement(loadBytes(snapshot.bytes), await devToolsHeap(snapshot.path));
  expect(found).toMatchObject(AGREEMENT);
  expect(found.nodes).toBeGreaterThan(40_000);
});

it('reads every number and name of it as JSON.parse does, whether names are kept or read back', () => {
  const text = new TextDecoder().decode(snapshot.bytes);
  for (const keepNames of [true, false])
    expect(differences(loadBytes(snapshot.bytes, { shallowSizes: 'raw', keepNames, pieceBytes: 5000 }), text)).toEqual([]);
});
