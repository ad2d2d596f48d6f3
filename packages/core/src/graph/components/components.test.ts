import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EdgeFlag } from '../edge-flags.ts';
import { heapOf, randomHeap } from '../testing/random-heap.ts';
import { parseGraph } from '../text-notation.ts';
import { components, knotMembers, programReferences } from './index.ts';

/** Names of the members of each knot, in the order of knots. */
function knotsOf(text: string, names: readonly string[], onlyProgram = false): string[] {
  const { graph, node } = parseGraph(text);
  const found = components(graph, onlyProgram ? programReferences(graph) : graph.edgeFlags);
  const members = knotMembers(found);
  return Array.from({ length: found.knotCount }, (_, knot) =>
    names.filter((name) => members.node.subarray(members.first[knot], members.first[knot + 1]).includes(node(name))).join(' '),
  );
}

describe('strongly connected components', () => {
  //  a ⇄ b → c → c   d → a
  it('finds cycles of two and of one, and numbers what is referred to first', () => {
    expect(knotsOf('a .b b\nb .a a\nb .c c\nc .self c\nd .a a', ['a', 'b', 'c', 'd'])).toEqual(['c', 'a b']);
  });

  it('gives a number of its own to each object in no cycle', () => {
    const { graph, node } = parseGraph('a .b b\nb .c c\nc .b b');
    const { componentOf, count, knotCount, knotSize } = components(graph);
    expect({ count, knotCount, knotSize: [...knotSize] }).toEqual({ count: 2, knotCount: 1, knotSize: [2] });
    expect([componentOf[node('a')], componentOf[node('b')], componentOf[node('c')]]).toEqual([1, 0, 0]);
  });

  it('has nothing to say of a heap without objects', () => {
    expect(components(parseGraph('').graph).count).toBe(0);
  });

  it('takes a ring of a million', () => {
    const nodeCount = 1_000_000;
    const firstEdge = Uint32Array.from({ length: nodeCount + 1 }, (_, i) => i);
    const edgeTarget = Uint32Array.from({ length: nodeCount }, (_, i) => (i + 1) % nodeCount);
    const ring = { nodeCount, firstEdge, edgeTarget, edgeFlags: new Uint8Array(nodeCount) };
    expect([...components(ring).knotSize]).toEqual([nodeCount]);
  });

  it('stops when progress throws', () => {
    const nodeCount = 1_200_000;
    const firstEdge = Uint32Array.from({ length: nodeCount + 1 }, (_, i) => Math.min(i, nodeCount - 1));
    const edgeTarget = Uint32Array.from({ length: nodeCount - 1 }, (_, i) => i + 1);
    const chain = { nodeCount, firstEdge, edgeTarget, edgeFlags: new Uint8Array(nodeCount) };
    expect(() =>
      components(chain, chain.edgeFlags, () => {
        throw new Error('cancelled');
      }),
    ).toThrow('cancelled');
  });
});

describe('references among the objects of a program', () => {
  const text = `
    module app = m
    m: module
    K: class
    m .make f
    f <globals> m
    f .kind K
    K .make f
    a ^ K
    K .first a
    a .b b
    b .a a`;
  const names = ['m', 'f', 'K', 'a', 'b'];

  it('leave out classes, modules and the namespace that code runs in', () => {
    expect(knotsOf(text, names, true)).toEqual(['a b']);
  });

  it('are few of all references: with the others everything is one knot', () => {
    expect(knotsOf(text, names)).toEqual(['m f K a b']);
  });

  it('leave out what a flag says is only a description', () => {
    const { graph } = parseGraph('a .b b\nb .map a');
    graph.edgeFlags[1] = EdgeFlag.describes;
    expect(components(graph, programReferences(graph)).knotCount).toBe(0);
  });
});

describe('against brute force on random heaps', () => {
  it('puts two nodes into one component exactly when each reaches the other', () => {
    fc.assert(
      fc.property(randomHeap(20), (shape) => {
        const graph = heapOf(shape);
        const reaches = closure(
          shape.nodeCount,
          [...shape.edges, ...rootEdges(shape)].filter(({ flags }) => (flags & EdgeFlag.holdsNothing) === 0),
        );
        const found = components(graph);
        for (let a = 0; a < shape.nodeCount; a++) {
          expect(found.componentOf[a] < found.knotCount).toBe(reaches[a][a]);
          for (let b = 0; b < shape.nodeCount; b++) {
            const together = a === b || (reaches[a][b] && reaches[b][a]);
            expect(found.componentOf[a] === found.componentOf[b]).toBe(together);
            // Knots are numbered so that holders come after what they hold.
            const bothKnots = found.componentOf[a] < found.knotCount && found.componentOf[b] < found.knotCount;
            if (bothKnots && reaches[a][b] && !together) expect(found.componentOf[a]).toBeGreaterThan(found.componentOf[b]);
          }
        }
        expect(new Set(found.componentOf).size).toBe(found.count);
        const members = knotMembers(found);
        for (let knot = 0; knot < found.knotCount; knot++) {
          const nodes = members.node.subarray(members.first[knot], members.first[knot + 1]);
          expect([...nodes].every((node) => found.componentOf[node] === knot)).toBe(true);
          expect(nodes.length).toBe(found.componentOf.filter((component) => component === knot).length);
        }
      }),
      { numRuns: 400 },
    );
  });
});

function rootEdges({ anchors }: { anchors: { rootNode: boolean; first: readonly number[]; second: readonly number[] } }) {
  return anchors.rootNode ? [...anchors.first, ...anchors.second].map((to) => ({ from: 0, to, flags: 0 })) : [];
}

/** reaches[a][b]: there is a path of at least one edge from a to b (Warshall). */
function closure(nodeCount: number, edges: readonly { from: number; to: number }[]): boolean[][] {
  const reaches = Array.from({ length: nodeCount }, () => new Array<boolean>(nodeCount).fill(false));
  for (const { from, to } of edges) reaches[from][to] = true;
  for (let via = 0; via < nodeCount; via++)
    for (let from = 0; from < nodeCount; from++)
      if (reaches[from][via]) for (let to = 0; to < nodeCount; to++) if (reaches[via][to]) reaches[from][to] = true;
  return reaches;
}
