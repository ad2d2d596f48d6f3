import { beforeAll, describe, expect, it } from 'vitest';
import { findPythons } from '../../exhibits/find-python.ts';
import { compareWithDeletion, type Deletion } from './deletion.ts';
import { oneOfEach } from './one-of-each.ts';

describe.each(oneOfEach(findPythons(process.env.HEAPTRAIL_PYTHON)))('an object that is let go on CPython $name', ({ python }) => {
  let rows: readonly Deletion[] = [];

  beforeAll(() => {
    rows = compareWithDeletion(python.executable, 300);
  });

  it('takes with it what it dominates in the graph, and nothing else', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter(({ livedOn, diedToo }) => livedOn.length + diedToo.length > 0)).toEqual([]);
  });

  it('leaves what native code holds', () => {
    const died = (wanted: string): number | undefined => rows.find(({ name }) => name === wanted)?.died;
    expect([died('held by native code'), died('list'), died('chain')]).toEqual([1, 301, 300]);
  });
});
