import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breadthFirst } from './breadth-first.ts';
import { distinctPaths, pathTo } from './shortest-paths.ts';
import { reverseEdges } from './reverse-edges.ts';
import { parseGraph } from './text-notation.ts';

const stepsTo = (text: string, name: string): string | undefined => {
  const { graph, node } = parseGraph(text);
  const path = pathTo(graph, breadthFirst(graph), node(name));
  return (
    path &&
    [`${path.root.kind} ${path.root.name}`, ...path.steps.slice(1).map((step) => graph.language.labelText(graph, step.label!))].join(' ')
  );
};

describe('paths from roots', () => {
  it('takes the shortest path', () => {
    expect(stepsTo('module app = m\nm .a a\na .b b\nm .direct b', 'b')).toBe('module app .direct');
  });

  it('prefers a module, however far, to a frame', () => {
    expect(stepsTo('frame rows = b\nmodule app = m\nm .a a\na .b b', 'b')).toBe('module app .a .b');
  });

  it('prefers anything to native code', () => {
    expect(stepsTo('native list = b\nframe rows = a\na [0] b', 'b')).toBe('frame rows [0]');
  });

  it('reaches a class through its instances only when nothing else does', () => {
    expect(stepsTo('module app = m\nm .a a\na ^ K\nm .list l\nl [0] x\nx .klass K', 'K')).toBe('module app .list [0] .klass');
    expect(stepsTo('module app = m\nm .a a\na ^ K', 'K')).toBe('module app .a .type');
  });

  it('does not walk through the objects of heaptrail', () => {
    expect(stepsTo('module app = m\nagent own = o\nm .agent o\no .seen b', 'b')).toBeUndefined();
  });

  it('gives one path for each holder', () => {
    const { graph, node } = parseGraph('module app = m\nm .a a\nm .b b\na [0] x\nb [k] x\nx .self x');
    const paths = distinctPaths(graph, node('x'), 5).map((path) =>
      path.steps
        .slice(1)
        .map((step) => graph.language.labelText(graph, step.label!))
        .join(''),
    );
    expect(paths).toEqual(['.a[0]', '.b["k"]']);
  });
});

/** n nodes, edges as pairs, roots as indices. */
const randomGraph = fc.integer({ min: 1, max: 24 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    edges: fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 60 }),
    roots: fc.array(fc.nat(n - 1), { maxLength: 3 }),
  }),
);

const textOf = ({ n, edges, roots }: { n: number; edges: readonly (readonly [number, number])[]; roots: readonly number[] }): string =>
  [
    ...Array.from({ length: n }, (_, i) => `n${i}: T`),
    ...roots.map((root, i) => `module m${i} = n${root}`),
    ...edges.map(([from, to]) => `n${from} .e n${to}`),
  ].join('\n');

describe('against brute force on random graphs', () => {
  it('reaches the same nodes at the same distance as relaxation until nothing changes', () => {
    fc.assert(
      fc.property(randomGraph, (shape) => {
        const { graph } = parseGraph(textOf(shape));
        const distance = new Array<number>(shape.n).fill(Infinity);
        for (const root of shape.roots) distance[root] = 0;
        for (let round = 0; round < shape.n; round++)
          for (const [from, to] of shape.edges) distance[to] = Math.min(distance[to], distance[from] + 1);
        const walk = breadthFirst(graph);
        for (let node = 0; node < shape.n; node++) {
          const path = pathTo(graph, walk, node);
          expect(path === undefined ? Infinity : path.steps.length - 1).toBe(distance[node]);
        }
      }),
    );
  });

  it('reverses every edge once', () => {
    fc.assert(
      fc.property(randomGraph, (shape) => {
        const { graph } = parseGraph(textOf(shape));
        const reverse = reverseEdges(graph);
        const seen: string[] = [];
        for (let node = 0; node < shape.n; node++)
          for (let r = reverse.first[node]; r < reverse.first[node + 1]; r++) seen.push(`${reverse.source[r]} ${node}`);
        expect(seen.sort()).toEqual(shape.edges.map(([from, to]) => `${from} ${to}`).sort());
      }),
    );
  });
});
