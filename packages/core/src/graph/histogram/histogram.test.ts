import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dominators } from '../dominators/index.ts';
import type { HeapGraph } from '../heap-graph.ts';
import { heldWithout } from '../testing/held-without.ts';
import { heapOf, randomHeap } from '../testing/random-heap.ts';
import { parseGraph } from '../text-notation.ts';
import { histogram, histogramRows, NO_GROUP, retainedByGroup } from './index.ts';

const tableOf = (text: string): string[] => {
  const { graph } = parseGraph(text);
  return histogramRows(graph, histogram(graph, dominators(graph)), 10).rows.map(
    ({ name, objects, shallowBytes, retainedBytes }) => `${name} ×${objects} ${shallowBytes} ${retainedBytes}`,
  );
};

describe('class histogram', () => {
  // m → list → Node → Node → Node, each with a payload
  it('counts nested objects of one type once', () => {
    const text = `
      module app = m
      m: module 1
      m .list l
      l: list 10
      l [0] n1
      n1: Node 100
      n1 .next n2
      n2: Node 100
      n2 .next n3
      n3: Node 100
      n1 .data d1
      d1: Data 1000
      n3 .data d3
      d3: Data 1000`;
    expect(tableOf(text)).toMatchInlineSnapshot(`
      [
        "module ×1 1 2311",
        "list ×1 10 2310",
        "Node ×3 300 2300",
        "Data ×2 2000 2000",
      ]
    `);
  });

  it('leaves out what two objects of a type hold together, as Eclipse MAT and DevTools do', () => {
    const text = 'module app = m\nm: module 1\nm .a a\nm .b b\na: Item 10\nb: Item 10\na .shared s\nb .shared s\ns: Data 1000';
    expect(tableOf(text)).toContain('Item ×2 20 20');
  });

  it('tells apart what nothing holds, and leaves out what belongs to heaptrail', () => {
    const text = 'module app = m\nm .a a1\na2 .a a3\nagent own = o\no .seen p\np: a 5';
    const { graph } = parseGraph(text);
    const found = histogram(graph, dominators(graph));
    const type = graph.types.findIndex(({ name }) => name === 'a');
    expect([found.objects[type], found.shallowBytes[type], found.retainedBytes[type]]).toEqual([3, 48, 16]);
    expect([found.unreachedObjects[type], found.unreachedBytes[type]]).toEqual([2, 32]);
    expect([found.leftOutObjects, found.leftOutBytes, found.totalObjects]).toEqual([2, 21, 4]);
  });

  it('does not count objects without bytes, as DevTools does not', () => {
    const text = 'module app = m\nm .set s\ns: Set 100\ns <table> t\nt: table 0\nt [0] i\ni: Item 10';
    expect(tableOf(text)).toEqual(['m ×1 16 126', 'Set ×1 100 110', 'Item ×1 10 10']);
    const { graph } = parseGraph(text);
    expect(histogram(graph, dominators(graph)).emptyObjects).toBe(1);
  });

  it('tells what its rows do not show', () => {
    const { graph } = parseGraph('module app = m\nm .a a\na .b b\nb .c c');
    const { rows, rest } = histogramRows(graph, histogram(graph, dominators(graph)), 1, 'shallowBytes');
    expect(rows.map(({ name }) => name)).toEqual(['a']);
    expect(rest).toEqual({ types: 3, objects: 3, shallowBytes: 48 });
  });
});

describe('bytes retained by groups', () => {
  it('are found in one pass for a chain of a million of one type', () => {
    const nodeCount = 1_000_000;
    const graph: HeapGraph = {
      ...parseGraph('module app = m').graph,
      nodeCount,
      edgeCount: nodeCount - 1,
      typeOf: new Uint32Array(nodeCount),
      shallowBytes: new Uint32Array(nodeCount).fill(2),
      firstEdge: Uint32Array.from({ length: nodeCount + 1 }, (_, i) => Math.min(i, nodeCount - 1)),
      edgeTarget: Uint32Array.from({ length: nodeCount - 1 }, (_, i) => i + 1),
      edgeFlags: new Uint8Array(nodeCount - 1),
    };
    expect([...retainedByGroup(dominators(graph), graph.typeOf, 1)]).toEqual([2 * nodeCount]);
  });

  it('are, by removal of each member in turn, what goes with at least one of them', () => {
    fc.assert(
      fc.property(randomHeap(20), fc.array(fc.constantFrom(0, 1, 2, NO_GROUP), { minLength: 20, maxLength: 20 }), (shape, groups) => {
        const graph = heapOf({ ...shape, anchors: { ...shape.anchors, unreached: 'garbage' } });
        const groupOf = Uint32Array.from(groups);
        const found = retainedByGroup(dominators(graph), groupOf, 3);
        const held = heldWithout(graph);
        for (let group = 0; group < 3; group++) {
          const members = [...held].filter((node) => groupOf[node] === group);
          const gone = new Set(members.flatMap((node) => lost(held, heldWithout(graph, new Set([node])))));
          expect(found[group]).toBe(bytesOf(graph, gone));
          // All members at once free at least as much: what they hold together is freed too.
          expect(bytesOf(graph, lost(held, heldWithout(graph, new Set(members))))).toBeGreaterThanOrEqual(found[group]);
        }
      }),
      { numRuns: 400 },
    );
  });
});

function lost(before: ReadonlySet<number>, after: ReadonlySet<number>): number[] {
  return [...before].filter((node) => !after.has(node));
}

function bytesOf(graph: HeapGraph, nodes: Iterable<number>): number {
  let bytes = 0;
  for (const node of nodes) bytes += graph.shallowBytes[node];
  return bytes;
}
