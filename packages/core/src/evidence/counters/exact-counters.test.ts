import { describe, expect, it } from 'vitest';
import { growingCounters } from './exact-counters.ts';

const readings = (...values: number[]): Parameters<typeof growingCounters>[0] =>
  values.map((value, i) => ({ atMs: i * 1000, counters: [{ name: 'tasks of fetch', value }] }));

describe('exact counters', () => {
  it('grow when they rise in every reading', () => {
    expect(growingCounters(readings(10, 20, 30))).toEqual([
      { name: 'tasks of fetch', before: 10, after: 30, perSecond: 10, where: undefined },
    ]);
  });

  it('do not grow when they fall once, rise little, or were read twice only', () => {
    expect(growingCounters(readings(10, 30, 29, 50))).toEqual([]);
    expect(growingCounters(readings(10, 11, 12))).toEqual([]);
    expect(growingCounters(readings(10, 50))).toEqual([]);
  });

  it('count 0 where a reading lacks them', () => {
    expect(
      growingCounters([{ atMs: 0, counters: [] }, ...readings(10, 20).map((reading, i) => ({ ...reading, atMs: 1000 + i * 1000 }))]),
    ).toMatchObject([{ before: 0, after: 20 }]);
  });
});
