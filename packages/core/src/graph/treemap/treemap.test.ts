import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dominators, type DominatorTree } from '../dominators/index.ts';
import type { HeapGraph } from '../heap-graph.ts';
import { heapOf, randomHeap } from '../testing/random-heap.ts';
import { parseGraph } from '../text-notation.ts';
import { treemap, type TreemapCell } from './index.ts';

/** A cell and what is in it, one line each. */
function draw(graph: HeapGraph, cell: TreemapCell, indent = ''): string[] {
  const name = (type: number): string => graph.types[type].displayName;
  const rest = cell.rest.types.map(({ type, objects, bytes }) => ` + ${objects} ${name(type)} ${bytes}`).join('');
  const own = cell.node === undefined ? 'heap' : name(graph.typeOf[cell.node]);
  return [
    `${indent}${own} ${cell.retainedBytes} (${cell.selfBytes} itself)${rest}`,
    ...cell.children.flatMap((child) => draw(graph, child, `${indent}  `)),
  ];
}

const TEXT = `
  module app = m
  m: module 10
  m .cache c
  c: dict 100
  c [a] i1
  i1: Item 500
  i1 .data d1
  d1: bytes 5000
  c [b] i2
  i2: Item 500
  m .small s
  s: str 20`;

describe('treemap', () => {
  it('shows large cells, and sums the rest by type', () => {
    const { graph } = parseGraph(TEXT);
    const map = treemap(graph, dominators(graph), { depth: 4, leastShare: 0.1 });
    expect(draw(graph, map.root)).toMatchInlineSnapshot(`
      [
        "heap 6130 (0 itself)",
        "  module 6130 (10 itself) + 1 str 20",
        "    dict 6100 (100 itself) + 1 Item 500",
        "      Item 5500 (500 itself)",
        "        bytes 5000 (5000 itself)",
      ]
    `);
    expect([map.cells, map.cutByDepth]).toEqual([5, 0]);
  });

  it('says how much the depth cut', () => {
    const { graph, node } = parseGraph(TEXT);
    const map = treemap(graph, dominators(graph), { depth: 1, leastShare: 0.1, within: node('c') });
    expect(draw(graph, map.root)).toEqual(['dict 6100 (100 itself) + 1 Item 500', '  Item 5500 (500 itself) + 1 bytes 5000']);
    expect(map.cutByDepth).toBe(1);
  });

  it('passes through what is no matter of the reader, and counts it with the rest around', () => {
    const { graph, node } = parseGraph(TEXT);
    const tree = dominators(graph);
    const passedThrough = new Set([tree.number[node('m')], tree.number[node('i1')]]);
    const map = treemap(graph, tree, { depth: 2, leastShare: 0.1, passedThrough });
    expect(draw(graph, map.root)).toEqual([
      'heap 6130 (0 itself) + 1 str 20 + 1 module 10',
      '  dict 6100 (100 itself) + 2 Item 1000',
      '    bytes 5000 (5000 itself)',
    ]);
    expect([map.cells, map.cutByDepth]).toEqual([3, 0]);
  });

  it('is one empty cell for an object that nothing holds', () => {
    const { graph, node } = parseGraph('a .b b');
    expect(treemap(graph, dominators(graph), { depth: 3, leastShare: 0.01, within: node('a') }).root.retainedBytes).toBe(0);
  });

  it('refuses a share of nothing', () => {
    const { graph } = parseGraph(TEXT);
    expect(() => treemap(graph, dominators(graph), { depth: 3, leastShare: 0 })).toThrow('leastShare should be above 0');
  });
});

/** The whole dominator tree as cells, through the tree's own lists. */
function wholeTree(graph: HeapGraph, tree: DominatorTree, node: number | undefined): unknown {
  const bytes = node === undefined ? tree.totalBytes : tree.retainedBytes(node);
  return { node, retainedBytes: bytes, children: [...tree.children(node)].map((child) => wholeTree(graph, tree, child)) };
}

const bare = ({ node, retainedBytes, children }: TreemapCell): unknown => ({ node, retainedBytes, children: children.map(bare) });

describe('against the dominator tree of random heaps', () => {
  it('is the whole tree when nothing is cut', () => {
    fc.assert(
      fc.property(randomHeap(24), (shape) => {
        const graph = heapOf(shape);
        const tree = dominators(graph);
        fc.pre(tree.totalBytes > 0);
        const { root } = treemap(graph, tree, { depth: 100, leastShare: 1e-9 });
        expect(bare(root)).toEqual(wholeTree(graph, tree, tree.rootNode));
      }),
    );
  });

  it('adds up at every level, has no small cell, and no more cells than it promises', () => {
    fc.assert(
      fc.property(randomHeap(24), fc.integer({ min: 0, max: 5 }), fc.constantFrom(0.05, 0.2, 0.5), (shape, depth, leastShare) => {
        const graph = heapOf(shape);
        const tree = dominators(graph);
        const map = treemap(graph, tree, { depth, leastShare });
        expect(map.cells).toBeLessThanOrEqual(depth / leastShare + 1);
        const open = [map.root];
        for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
          const shown = cell.children.reduce((sum, child) => sum + child.retainedBytes, 0);
          expect(cell.retainedBytes).toBe(cell.selfBytes + shown + cell.rest.bytes);
          expect(cell.children.length + cell.rest.objects).toBe(tree.children(cell.node).length);
          for (const child of cell.children) expect(child.retainedBytes).toBeGreaterThanOrEqual(tree.totalBytes * leastShare);
          open.push(...cell.children);
        }
      }),
    );
  });

  it('loses no byte of what it passes through', () => {
    const sum = ({ selfBytes, children, rest }: TreemapCell): number =>
      selfBytes + rest.bytes + children.reduce((bytes, { retainedBytes }) => bytes + retainedBytes, 0);
    const cellsOf = (cell: TreemapCell): TreemapCell[] => [cell, ...cell.children.flatMap(cellsOf)];
    fc.assert(
      fc.property(randomHeap(24), fc.array(fc.integer({ min: 2, max: 25 })), fc.integer({ min: 1, max: 4 }), (shape, numbers, depth) => {
        const graph = heapOf(shape);
        const tree = dominators(graph);
        fc.pre(tree.totalBytes > 0);
        const { root, cells } = treemap(graph, tree, { depth, leastShare: 0.05, passedThrough: new Set(numbers) });
        const all = cellsOf(root);
        expect(all.map(sum)).toEqual(all.map(({ retainedBytes }) => retainedBytes));
        expect(all.some(({ node }) => node !== undefined && numbers.includes(tree.number[node]))).toBe(false);
        expect(all).toHaveLength(cells);
      }),
    );
  });
});
