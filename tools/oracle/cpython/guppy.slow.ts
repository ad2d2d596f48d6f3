import { beforeAll, describe, expect, it } from 'vitest';
import { findPythons } from '../../exhibits/find-python.ts';
import { compareWithGuppy, withGuppy, type Comparison } from './guppy.ts';
import { oneOfEach } from './one-of-each.ts';

describe.each(oneOfEach(findPythons(process.env.HEAPTRAIL_PYTHON)))('guppy on CPython $name', ({ python }) => {
  let rows: readonly Comparison[] = [];

  beforeAll(() => {
    rows = compareWithGuppy(withGuppy(python), 300);
  });

  it('says the same of the size of every object by itself', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter(({ ourShallowBytes, theirShallowBytes }) => ourShallowBytes !== theirShallowBytes)).toEqual([]);
  });

  it('says the same of what every object dominates, to the byte, but for three things that are known', () => {
    expect(rows.filter(({ unexplained }) => unexplained.length > 0)).toEqual([]);
    for (const row of rows)
      expect(row).toMatchObject({ ourRetainedBytes: row.theirRetainedBytes - row.plainTables - row.heldNatively + row.textKeys });
  });

  it('differs only where native code holds something, where texts are keys, and on 3.13 by tables with plain values alone', () => {
    const is313 = python.version[1] >= 13;
    const where = (what: 'plainTables' | 'heldNatively' | 'textKeys'): string[] =>
      rows.filter((row) => row[what] > 0).map(({ name }) => name);
    // Before 3.13 the dumper's look at the variables of a frame adds a reference to each; the numbers among them then seem to be held natively.
    expect(where('heldNatively')).toEqual(is313 ? ['held by native code'] : ['held by native code', 'exception']);
    expect(where('textKeys')).toEqual(['dict']);
    expect(where('plainTables').length > 0).toBe(is313);
    const same = rows.filter((row) => row.ourRetainedBytes === row.theirRetainedBytes).length;
    expect(same).toBeGreaterThanOrEqual(is313 ? 5 : rows.length - 3);
  });
});
