import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstPlace, placeOf, sourceOfEdge } from './bisection.ts';

test('a value is found where it is, and nowhere else', () => {
  const columns = fc.uniqueArray(fc.nat(60)).map((values) => Uint32Array.from(values).sort());
  fc.assert(
    fc.property(columns, fc.nat(60), (column, value) => {
      expect(placeOf(column, value)).toBe(column.indexOf(value));
    }),
  );
});

test('the first place that is not before is the one that a walk from the left finds', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.nat(20), (values, limit) => {
      const column = Uint32Array.from(values).sort();
      const walked = column.findIndex((value) => value >= limit);
      expect(firstPlace(0, column.length, (at) => column[at] < limit)).toBe(walked < 0 ? column.length : walked);
    }),
  );
});

test('an edge belongs to the node that has it, not to nodes without edges beside it', () => {
  const degrees = fc.array(fc.nat(3), { minLength: 1 });
  fc.assert(
    fc.property(degrees, (counts) => {
      const firstEdge = Uint32Array.of(0, ...counts.map((_, node) => counts.slice(0, node + 1).reduce((a, b) => a + b, 0)));
      const sources = counts.flatMap((count, node) => Array<number>(count).fill(node));
      expect(sources.map((_, edge) => sourceOfEdge(firstEdge, edge))).toEqual(sources);
      expect(sources.map((source, edge) => sourceOfEdge(firstEdge, edge, source))).toEqual(sources);
    }),
  );
});
