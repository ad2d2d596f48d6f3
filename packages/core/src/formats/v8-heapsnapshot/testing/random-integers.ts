import fc from 'fast-check';
import { EDGE_TYPES, NODE_TYPES, type SmallNode, type SmallEdge } from './small-snapshot.ts';

/** Numbers of all lengths, the edges of 32 bits among them. */
function integers(most: number): fc.Arbitrary<number> {
  const limits = [9, 10, 99_999, 999_999_999, 1_000_000_000, 3_999_999_999, 4_000_000_000, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1];
  return fc.oneof(
    ...limits.filter((limit) => limit < most).map((limit) => fc.integer({ min: 0, max: limit })),
    fc.integer({ min: 0, max: most }),
    fc.constantFrom(...limits.filter((limit) => limit <= most)),
  );
}

const names = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('map', 'elements', 'properties', 'context', 'Map', '<div id="a">', 'Detached <a b>', '7', '12 / part'),
);

/** A heap without sense, to be read number by number. */
export const randomRows: fc.Arbitrary<SmallNode[]> = fc.integer({ min: 1, max: 60 }).chain((count) => {
  const edge: fc.Arbitrary<SmallEdge> = fc
    .tuple(fc.constantFrom(...EDGE_TYPES), fc.nat(count - 1), names, integers(2 ** 32 - 1))
    .map(([type, to, name, position]) => [type, type === 'element' || type === 'hidden' ? position : name, to] as const);
  return fc.array(
    fc.record({
      type: fc.constantFrom(...NODE_TYPES),
      name: names,
      id: integers(2 ** 53 - 1),
      size: integers(2 ** 50),
      detached: fc.constantFrom(0, 0, 0, 1, 2),
      edges: fc.array(edge, { maxLength: 6 }),
    }),
    { minLength: count, maxLength: count },
  );
});
