import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { components, knotMembers, programReferences } from '../../graph/components/index.ts';
import { dominators } from '../../graph/dominators/index.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';
import { heldWithout } from '../../graph/testing/held-without.ts';
import { heapOf, randomHeap } from '../../graph/testing/random-heap.ts';
import { parseGraph } from '../../graph/text-notation.ts';
import { unreachedGraph } from '../../graph/unreached/index.ts';
import { cycleCensus, type CycleCensus, type CycleKind } from './index.ts';

const censusOf = (text: string): { graph: HeapGraph; census: CycleCensus } => {
  const { graph } = parseGraph(text);
  return { graph, census: cycleCensus(graph, dominators(graph)) };
};

const line = ({ signature, state, freedBy, knots, objects, shallowBytes, retainedBytes }: CycleKind): string =>
  `${signature} | ${state}${freedBy === undefined ? '' : `, freed by ${freedBy}`} | ${knots} knots of ${objects} objects, ${shallowBytes} bytes, keep ${retainedBytes}`;

const linesOf = (text: string): string[] => censusOf(text).census.kinds.map(line);

describe('census of reference cycles', () => {
  // Three pairs of parent and child; one of them is garbage, and holds a buffer.
  const families = `
    module app = m
    m: module 10
    m .list l
    l [0] p1
    l [1] p2
    p1: Parent 100
    p1 .child c1
    c1: Child 10
    c1 .parent p1
    c1 .data d1
    d1: bytes 1000
    p2: Parent 100
    p2 .child c2
    c2: Child 10
    c2 .parent p2
    p3: Parent 100
    p3 .child c3
    c3: Child 10
    c3 .parent p3
    c3 .data d3
    d3: bytes 5000`;

  it('groups knots by the signature of their shortest cycle, garbage apart', () => {
    expect(linesOf(families)).toMatchInlineSnapshot(`
      [
        "Child.parent, Parent.child | garbage, freed by collector | 1 knots of 2 objects, 110 bytes, keep 5110",
        "Child.parent, Parent.child | reachable | 2 knots of 4 objects, 220 bytes, keep 1220",
      ]
    `);
  });

  it('gives an example of each kind as steps', () => {
    const { graph, census } = censusOf(families);
    const text = census.kinds[0].example.steps.map(
      ({ node, label }) => `${graph.types[graph.typeOf[node]].displayName}${graph.language.labelText(graph, label)}`,
    );
    expect(text).toEqual(['Parent.child', 'Child.parent']);
  });

  it('counts everything once in its totals', () => {
    const { census } = censusOf(families);
    expect(census.reachable).toEqual({ knots: 2, objects: 4, shallowBytes: 220, retainedBytes: 1220 });
    expect(census.garbage).toEqual({ knots: 1, objects: 2, shallowBytes: 110, retainedBytes: 5110 });
    expect([census.cutSearches, census.assumedKnots]).toEqual([0, 0]);
  });

  it('names the shortest cycle of a knot with many', () => {
    expect(linesOf('frame x = a\na: A\na .next b\nb: B\nb .next c\nc: C\nc .next a\nc .back b')).toEqual([
      'B.next, C.back | reachable | 1 knots of 3 objects, 48 bytes, keep 48',
    ]);
  });

  it('knows an object that refers to itself', () => {
    expect(linesOf('module app = m\nm .x a\na: A\na .me a')).toEqual(['A.me | reachable | 1 knots of 1 objects, 16 bytes, keep 16']);
  });

  it('says when the collector cannot free garbage', () => {
    expect(linesOf('n: nativeThing\nn .owner o\no: Owner\no .thing n')).toEqual([
      'Owner.thing, nativeThing.owner | garbage, freed by nothing | 1 knots of 2 objects, 32 bytes, keep 32',
    ]);
  });

  it('credits garbage with the garbage that hangs on it, and not with what lives', () => {
    const text = `
      module app = m
      m .live x
      x: Live 1000
      a: A
      a .b b
      b: B
      b .a a
      b .below c
      b .live x
      c: C
      c .d d
      d: D 100
      d .c c`;
    expect(linesOf(text)).toEqual([
      'A.b, B.a | garbage, freed by collector | 1 knots of 2 objects, 32 bytes, keep 148',
      'C.d, D.c | garbage, freed by collector | 1 knots of 2 objects, 116 bytes, keep 116',
    ]);
  });

  it('sees a class that nobody needs as garbage, and instances in use not tied together by theirs', () => {
    const text = 'K: class\nK .mro t\nt: tuple\nt [0] K\nmodule app = m\nL: class\nm .L L\nm .a a\na ^ L\nL .first a';
    expect(linesOf(text)).toEqual(['class.mro, tuple[x] | garbage, freed by collector | 1 knots of 2 objects, 32 bytes, keep 32']);
  });

  it('tells which members have a finalizer, and which are watched', () => {
    const text = `
      module app = m
      m .a a
      a: A
      a .b b
      b: closingB
      b .a a
      m .f f
      f: finalizer
      f ~> a`;
    const { graph, census } = censusOf(text);
    const { finalizers } = census.kinds[0];
    expect(finalizers).toEqual({ objects: 1, types: [{ type: expect.any(Number) as number, objects: 1 }], watched: 1 });
    expect(graph.types[finalizers.types[0].type].displayName).toBe('closingB');
  });

  it("does not show heaptrail's own knots", () => {
    expect(linesOf('module app = m\nagent own = a\na .b b\nb .a a')).toEqual([]);
  });

  it('shows no more than its limit, and counts the rest', () => {
    const { graph } = parseGraph('module app = m\nm .a a\na: A 100\na .a a\nm .b b\nb: B\nb .b b');
    const { kinds, more } = cycleCensus(graph, dominators(graph), 1);
    expect(kinds.map(({ signature }) => signature)).toEqual(['A.a']);
    expect(more).toEqual({ kinds: 1, knots: 1, objects: 1, shallowBytes: 16 });
  });

  it('takes one knot of a million objects in linear time, and shows a part of its cycle', () => {
    const nodeCount = 1_000_000;
    const { graph } = parseGraph('frame x = a\na .next a');
    const ring: HeapGraph = {
      ...graph,
      nodeCount,
      edgeCount: nodeCount,
      typeOf: new Uint32Array(nodeCount),
      shallowBytes: new Uint32Array(nodeCount).fill(1),
      firstEdge: Uint32Array.from({ length: nodeCount + 1 }, (_, i) => i),
      edgeTarget: Uint32Array.from({ length: nodeCount }, (_, i) => (i + 1) % nodeCount),
      edgeFlags: new Uint8Array(nodeCount),
      edgeLabels: { at: () => graph.edgeLabels.at(0) },
    };
    const { kinds, cutSearches } = cycleCensus(ring, dominators(ring));
    expect(kinds.map(({ signature }) => signature)).toEqual(['a.next ×many']);
    expect([kinds[0].example.steps.length, kinds[0].example.omittedSteps, kinds[0].example.isShortest, cutSearches]).toEqual([
      24,
      nodeCount - 24,
      false,
      1,
    ]);
  });

  it('takes a million knots', () => {
    const count = 500_000;
    const nodeCount = 2 * count;
    const { graph } = parseGraph('frame x = a\na .b b\nb .a a');
    const pairs: HeapGraph = {
      ...graph,
      nodeCount,
      edgeCount: nodeCount,
      typeOf: Uint32Array.from({ length: nodeCount }, (_, i) => i & 1),
      shallowBytes: new Uint32Array(nodeCount).fill(1),
      address: new Float64Array(nodeCount),
      firstEdge: Uint32Array.from({ length: nodeCount + 1 }, (_, i) => i),
      edgeTarget: Uint32Array.from({ length: nodeCount }, (_, i) => i ^ 1),
      edgeFlags: new Uint8Array(nodeCount),
      edgeLabels: { at: (edge) => graph.edgeLabels.at(edge & 1) },
    };
    const { kinds } = cycleCensus(pairs, dominators(pairs));
    expect(kinds.map(({ signature, state, knots }) => [signature, state, knots])).toEqual([
      ['a.b, b.a', 'garbage', count - 1],
      ['a.b, b.a', 'reachable', 1],
    ]);
  });
});

describe('against brute force on random heaps', () => {
  it('counts each knot once, with a cycle than which the knot has none shorter', () => {
    fc.assert(
      fc.property(randomHeap(16), (shape) => {
        const graph = { ...heapOf({ ...shape, anchors: { ...shape.anchors, unreached: 'garbage' } }), roots: [] };
        const tree = dominators(graph);
        const census = cycleCensus(graph, tree);
        const flags = flagsOf(graph, (node) => tree.isReached(node));
        const found = components(graph, flags);
        expect(census.kinds.reduce((sum, { knots }) => sum + knots, 0)).toBe(found.knotCount);
        for (const { example } of census.kinds) {
          const { componentOf } = found;
          const knot = componentOf[example.steps[0].node];
          expect(example.steps.every(({ node }) => componentOf[node] === knot)).toBe(true);
          example.steps.forEach(({ node }, i) => {
            const next = example.steps[(i + 1) % example.steps.length].node;
            expect(targets(graph, flags, node)).toContain(next);
          });
          if (example.isShortest) {
            const members = [...componentOf.keys()].filter((node) => componentOf[node] === knot);
            expect(example.steps.length).toBe(Math.min(...members.map((node) => girth(graph, flags, node))));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps, by removal of each member in turn, what goes with at least one of them', () => {
    fc.assert(
      fc.property(randomHeap(16), (shape) => {
        const graph = { ...heapOf({ ...shape, anchors: { ...shape.anchors, unreached: 'garbage' } }), roots: [] };
        const tree = dominators(graph);
        const census = cycleCensus(graph, tree);
        const flags = flagsOf(graph, (node) => tree.isReached(node));
        const members = [...knotMembers(components(graph, flags)).node];
        const held = heldWithout(graph);
        const gone = (heap: HeapGraph, before: ReadonlySet<number>, nodes: readonly number[]): number => {
          const lost = new Set(nodes.flatMap((node) => [...before].filter((each) => !heldWithout(heap, new Set([node])).has(each))));
          return [...lost].reduce((sum, node) => sum + heap.shallowBytes[node], 0);
        };
        expect(census.reachable.retainedBytes).toBe(
          gone(
            graph,
            held,
            members.filter((node) => held.has(node)),
          ),
        );
        const garbage = unreachedGraph(graph, tree);
        expect(heldWithout(garbage.graph).size).toBe(garbage.graph.nodeCount);
        const garbageMembers = members.filter((node) => !held.has(node)).map((node) => garbage.nodeOf.indexOf(node));
        expect(census.garbage.retainedBytes).toBe(gone(garbage.graph, heldWithout(garbage.graph), garbageMembers));
      }),
      { numRuns: 300 },
    );
  });
});

/** What counts, taken literally: the references of the program, and in garbage all that hold something. */
function flagsOf(graph: HeapGraph, isReached: (node: number) => boolean): Uint8Array {
  const flags = programReferences(graph);
  for (let node = 0; node < graph.nodeCount; node++)
    if (!isReached(node)) for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++) flags[e] = graph.edgeFlags[e];
  return flags;
}

function targets(graph: HeapGraph, flags: Uint8Array, node: number): number[] {
  const found: number[] = [];
  for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++) if (flags[e] < 0x80) found.push(graph.edgeTarget[e]);
  return found;
}

/** Length of the shortest cycle through a node. */
function girth(graph: HeapGraph, flags: Uint8Array, start: number): number {
  let level = new Set([start]);
  const seen = new Set<number>();
  for (let length = 1; level.size > 0; length++) {
    const next = new Set<number>();
    for (const node of level)
      for (const target of targets(graph, flags, node)) {
        if (target === start) return length;
        if (!seen.has(target)) next.add(target);
        seen.add(target);
      }
    level = next;
  }
  return Infinity;
}
