import { describe, expect, it } from 'vitest';
import { findPythons } from '../../tools/exhibits/find-python.ts';
import { measureWays, runWay, WAYS, type WayMeasured } from './measure-way.ts';
import { nodeRuntime, pythonRuntime } from './runtimes.ts';
import { pageOf, rowsOf, textTable } from './table.ts';

const PAIRS = 1500;
const node = nodeRuntime(process.versions.node, process.execPath);
const python = findPythons(undefined).map(({ version, executable }) => pythonRuntime(version.join('.'), executable))[0];

describe('bench:references', () => {
  it.each(WAYS)('runs pairs with %s references on this Node, and all are collected', (way) => {
    const seen = runWay(node, way, PAIRS);
    expect([seen.created, seen.left]).toEqual([2 * PAIRS, 0]);
    expect(Math.min(seen.cpuMs, seen.bytesOfPair, seen.collections)).toBeGreaterThan(0);
  });

  it.skipIf(python === undefined)('sees in CPython that only cycles wait for the collector, and that finalizers take most room', () => {
    const measured = measureWays(python, PAIRS, 1);
    expect(measured.map(({ way, waiting, left }) => [way, waiting === 0, left])).toEqual([
      ['strong', false, 0],
      ['weak', true, 0],
      ['cleared', true, 0],
      ['finalizer', true, 0],
    ]);
    expect(measured[0].ratioToStrong).toBe(1);
    expect(measured[3].bytesOfPair).toBeGreaterThan(measured[1].bytesOfPair);
  });

  it('tells which program failed, and how', () => {
    expect(() => runWay(node, 'strange' as 'strong', 1)).toThrow(/Node .*, strange: exit code 1/);
  });

  it('prints a table and a page', () => {
    const row: WayMeasured = {
      way: 'strong',
      runtime: 'CPython 3.12.1',
      cpuMs: 60,
      created: 200_000,
      waiting: 9134,
      left: 0,
      collections: 286,
      pauseMs: 72.8,
      longestPauseMs: 20.1,
      bytesOfPair: 175.9,
      ratioToStrong: 1,
    };
    const rows = [row, { ...row, way: 'weak' as const, waiting: 0, left: 2, ratioToStrong: 0.8 }];
    expect(textTable(rowsOf(rows))).toMatchInlineSnapshot(`
      "runtime         way     ns a pair  to strong  created  collected  waiting  bytes a pair  collections   paused  longest
      CPython 3.12.1  strong        600      1.00x   200000        all     9134           176          286  72.8 ms  20.1 ms
                      weak          600      0.80x   200000  all but 2        0           176          286  72.8 ms  20.1 ms"
    `);
    const machine = { processor: 'a processor', cores: 2, memoryGB: 8, system: 'Linux 6', load: 0, date: '2026-01-01' };
    const page = pageOf(rows, machine, { pairs: 100_000, turns: 5, missing: ['Node 99'] });
    expect(page).toContain('Machine: a processor, 2 cores, 8 GB, Linux 6; load 0.0 when it began; 2026-01-01.');
    expect(page).toContain('Missing: Node 99.');
  });
});
