import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { collectionOf } from '../../../../tools/toolkit/collection.ts';
import { judgeSeries } from '../../../core/src/series/index.ts';

const ROUNDS = 100;

it('210,000 texts and graphs later the heap has not grown, and no object is left', async () => {
  const program = fileURLToPath(new URL('./programs/soak.ts', import.meta.url));
  const { leftovers, tables, count } = await collectionOf(program, { rounds: ROUNDS, snapshotAfter: [20, 60, ROUNDS] });
  const heap = Float64Array.from(tables, ({ heapUsedBytes }) => heapUsedBytes);
  const times = Float64Array.from(heap, (_, round) => round * 1000);
  const { verdict, reasons } = judgeSeries(times, heap);
  console.log(`${verdict}: ${reasons.join('; ')}; ${heap[19]} bytes after round 20, ${heap[ROUNDS - 1]} after round ${ROUNDS}`);
  expect(verdict).not.toBe('growing');
  expect(leftovers.filter((leftover) => !leftover.startsWith('table heapUsedBytes'))).toEqual([]);
  expect([count('Screen'), count('Widget'), count('Theme'), count('Special')]).toEqual([0, 0, 0, 0]);
});
