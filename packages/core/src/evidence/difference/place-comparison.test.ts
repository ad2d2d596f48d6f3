import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph/text-notation.ts';
import { PlaceComparison, type PlaceChanges } from './index.ts';

function changesOf(texts: readonly string[], limit?: number): PlaceChanges {
  const comparison = new PlaceComparison();
  for (const text of texts) comparison.add(parseGraph(text).graph);
  return comparison.changes(limit);
}

describe('difference by place and type', () => {
  const before = 'module app = m\nm: module 10\nm .cache c\nc: dict 100\nc [a] x1\nx1: Session 50\nm .state s\ns: State 16';
  // Another process: nothing has the address that it had.
  const after = `
    module app = m9
    m9: module 10
    m9 .cache c9
    c9: dict 300
    c9 [b] x7
    x7: Session 50
    c9 [q] x8
    x8: Session 60
    m9 .state s9
    s9: State 16
    m9 .log l9
    l9: list 56`;

  it('compares what is at the same place, whatever its address', () => {
    const { changes } = changesOf([before, after]);
    expect(
      changes.map(({ path, objects, bytes, entries }) => [path.join(' '), objects.join(' → '), bytes.join(' → '), entries.join(' → ')]),
    ).toMatchInlineSnapshot(`
      [
        [
          "module app module .cache dict",
          "1 → 1",
          "100 → 300",
          "1 → 2",
        ],
        [
          "module app module .cache dict [x] Session",
          "1 → 2",
          "50 → 110",
          "0 → 0",
        ],
        [
          "module app module .log list",
          "0 → 1",
          "0 → 56",
          "0 → 0",
        ],
      ]
    `);
  });

  it('tells what it does not show', () => {
    const { changes, more, unchangedPlaces } = changesOf([before, after], 1);
    expect([changes.length, more, unchangedPlaces]).toEqual([1, { places: 2, objects: 2, bytes: 116 }, 2]);
  });

  it('finds no change between two runs that did the same', () => {
    expect(changesOf([before, before.replaceAll('x1', 'y1')]).changes).toEqual([]);
  });
});
