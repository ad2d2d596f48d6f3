import { describe, expect, it } from 'vitest';
import { distances, NO_DISTANCE } from './distances.ts';
import type { PairedReferences } from './paired-references.ts';
import { parseGraph } from './text-notation.ts';

//   app ──> map ─ ─ ─ ─ ─ ─ ─ ─> value
//    └──> a ──> b ──> key ─ ─ ─ ─ ─ ┘
const WEAK_MAP = `
  module app = app
  app .map map
  app .a a
  a .b b
  b .key key
  map <entry> value
  key <entry> value
  value .more more`;

describe('paired references', () => {
  it('lead on over the second of the two that is met, so that a value is as far away as its farther holder', () => {
    const { graph, node } = parseGraph(WEAK_MAP);
    const found = distances({ ...graph, pairs: pairOf(graph, node('map'), node('key'), node('value')) });
    expect(distanceOf(found, node, ['app', 'map', 'key', 'value', 'more'])).toEqual([1, 2, 4, 5, 6]);
  });

  it('lead nowhere while only one of the two is met', () => {
    const { graph, node } = parseGraph(WEAK_MAP.replace('b .key key', 'key .b b'));
    const found = distances({ ...graph, pairs: pairOf(graph, node('map'), node('key'), node('value')) });
    expect(distanceOf(found, node, ['map', 'key', 'value', 'more'])).toEqual([2, NO_DISTANCE, NO_DISTANCE, NO_DISTANCE]);
  });

  it('are references like others where there are no pairs', () => {
    const { graph, node } = parseGraph(WEAK_MAP);
    expect(distanceOf(distances(graph), node, ['map', 'value'])).toEqual([2, 3]);
  });
});

/** The references of two sources to one target, as a pair. */
function pairOf(graph: ReturnType<typeof parseGraph>['graph'], first: number, second: number, target: number): PairedReferences {
  const edges: number[] = [];
  for (const source of [first, second])
    for (let edge = graph.firstEdge[source]; edge < graph.firstEdge[source + 1]; edge++)
      if (graph.edgeTarget[edge] === target) edges.push(edge);
  return { edge: Uint32Array.from(edges).sort(), pair: Uint32Array.of(7, 7) };
}

function distanceOf(found: Int32Array, node: (name: string) => number, names: readonly string[]): number[] {
  return names.map((name) => found[node(name)]);
}
