import { describe, expect, it } from 'vitest';
import { GrowthTracker } from '../evidence/growth/index.ts';
import { WaiterTracker } from '../evidence/waiters/index.ts';
import { parseGraph } from '../graph/text-notation.ts';
import { findingsInHeap } from './findings-in-heap.ts';
import { moduleCount } from './imports-meanwhile.ts';

const IMPORTING = [10, 14, 20, 21, 30, 32];
const QUIET = [10, 10, 10, 10, 10, 10];

/** What is said of a program with such heaps, five seconds apart, with so many modules imported at each. */
function said(modules: readonly number[], heapAt: (dump: number) => string) {
  const tracker = new GrowthTracker();
  modules.forEach((_, dump) => tracker.add(parseGraph(heapAt(dump)).graph, dump * 5000));
  const { found, openGrowth } = findingsInHeap({
    result: tracker.result(),
    waiters: new WaiterTracker().result(),
    references: { growths: [], open: [] },
    garbage: [],
    modulesAt: moduleCount(modules.map((count, dump) => ({ atMs: dump * 5000 - 100, modules: count }))),
  });
  return { found: found.map(({ finding }) => finding.type), openGrowth };
}

const range = (n: number, of: (i: number) => string): string => Array.from({ length: n }, (_, i) => of(i)).join('\n');
const heldFromC = (at: string) => (dump: number) =>
  `module app = m\n${range(60 * (dump + 1), (i) => `native x = table${i}\ntable${i} @ ${at}`)}`;

describe('what grows while modules are imported', () => {
  it('is start-up that goes on, and open, where an import made it (classes that CPython keeps in tables of its own)', () => {
    const { found, openGrowth } = said(IMPORTING, heldFromC('abc.py:9 new < <import>:3 load < app.py:5 handle'));
    expect(found).toEqual([]);
    expect(openGrowth).toEqual([expect.stringContaining('modules were being imported all the while')]);
  });

  it('is a leak where the program made it', () => {
    expect(said(IMPORTING, heldFromC('app.py:5 handle')).found).toEqual(['table']);
  });

  it('is a leak where it also grew when no module came', () => {
    expect(said([10, 14, 20, 20, 30, 32], heldFromC('abc.py:9 new < <import>:3 load')).found).toEqual(['table']);
    expect(said(QUIET, heldFromC('abc.py:9 new < <import>:3 load')).found).toEqual(['table']);
  });

  it('is judged by its root where allocations were not traced: the registries of the library, not the lists of the program', () => {
    const listOf = (module: string) => (dump: number) =>
      `module ${module} = m\nm .registry l\nl: list\n${range(60 * (dump + 1), (i) => `l [${i}] e${i}\ne${i}: entry`)}`;
    expect(said(IMPORTING, listOf('std.abc')).found).toEqual([]);
    expect(said(IMPORTING, listOf('app')).found).toEqual(['entry']);
  });

  it('is judged by its container where only entries rise (sys.modules)', () => {
    const modules = (dump: number) =>
      `module std.sys = m\nm .modules d\nd: dict\n${range(30 * (dump + 1), (i) => `module mod${i} = m${i}\nm${i}: module\nd [mod${i}] m${i}`)}`;
    expect(said(IMPORTING, modules).found).toEqual([]);
  });
});
