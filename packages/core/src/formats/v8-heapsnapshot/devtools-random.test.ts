import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AGREEMENT, disagreement } from '../../../../../tools/oracle/compare-with-devtools.ts';
import { devToolsHeapOfText } from '../../../../../tools/oracle/devtools.ts';
import { loadText } from './testing/load-small.ts';
import { randomHeap } from './testing/random-heap.ts';
import { writeSnapshot } from './testing/small-snapshot.ts';

it('agrees with DevTools on every node of small heaps with every rule in them', async () => {
  await fc.assert(
    fc.asyncProperty(randomHeap, async (nodes) => {
      const text = writeSnapshot(nodes);
      const devTools = await devToolsHeapOfText(text);
      const found = disagreement(loadText(text), devTools);
      expect(devTools.hasKnots ? { ...found, dominator: 0, retained: 0 } : found).toMatchObject(AGREEMENT);
    }),
    { numRuns: 400, seed: 4 },
  );
});
