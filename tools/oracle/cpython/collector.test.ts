import { expect, it } from 'vitest';
import { compareWithCollector } from './collector.ts';

it('the graph of a dump holds what the collector leaves alone, and nothing of what it finds', () => {
  const { missing, wronglyGarbage, wronglyHeld, notFound, reachable, garbage } = compareWithCollector(
    process.env.HEAPTRAIL_PYTHON ?? 'python3',
    2,
    'calm',
  );
  expect({ missing, wronglyGarbage, wronglyHeld, notFound }).toEqual({ missing: [], wronglyGarbage: [], wronglyHeld: [], notFound: [] });
  expect(garbage).toBeGreaterThan(150);
  expect(reachable).toBeGreaterThan(5000);
});
