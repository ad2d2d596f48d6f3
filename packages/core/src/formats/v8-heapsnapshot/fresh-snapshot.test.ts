import { afterAll, expect, it } from 'vitest';
import { loadBytes } from './testing/load-small.ts';
import { differences } from './testing/parsed-oracle.ts';
import { MIXED_HEAP } from './testing/programs.ts';
import { takeSnapshot } from './testing/take-snapshot.ts';

const snapshot = takeSnapshot(MIXED_HEAP);
afterAll(() => snapshot[Symbol.dispose]());

it('reads every number and name of a snapshot of this Node as JSON.parse does, whether names are kept or read back', () => {
  const text = new TextDecoder().decode(snapshot.bytes);
  for (const keepNames of [true, false])
    expect(differences(loadBytes(snapshot.bytes, { shallowSizes: 'raw', keepNames, pieceBytes: 5000 }), text)).toEqual([]);
});
