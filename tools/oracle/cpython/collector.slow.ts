import { describe, expect, it } from 'vitest';
import { findPythons } from '../../exhibits/find-python.ts';
import { compareWithCollector } from './collector.ts';
import { oneOfEach } from './one-of-each.ts';

describe.each(oneOfEach(findPythons(process.env.HEAPTRAIL_PYTHON)))('the collector of CPython $name', ({ python: { executable } }) => {
  it('finds exactly what nothing in the graph of a dump holds', () => {
    const { missing, wronglyGarbage, wronglyHeld, notFound, garbage } = compareWithCollector(executable, 400, 'calm');
    expect({ missing, wronglyGarbage, wronglyHeld, notFound }).toEqual({ missing: [], wronglyGarbage: [], wronglyHeld: [], notFound: [] });
    expect(garbage).toBeGreaterThan(30_000);
  });

  it('finds it where finalizers run too, but for what these free at once', () => {
    const { missing, wronglyGarbage, wronglyHeld, garbage } = compareWithCollector(executable, 400, 'with finalizers');
    expect({ missing, wronglyGarbage, wronglyHeld }).toEqual({ missing: [], wronglyGarbage: [], wronglyHeld: [] });
    expect(garbage).toBeGreaterThan(40_000);
  });
});
