import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dominators } from '../../graph/dominators/index.ts';
import { heapOf, randomHeap } from '../../graph/testing/random-heap.ts';
import { dominatorSections, graphSections, restoreDominators, restoreGraph, type Section } from './index.ts';
import { rereadSections } from './testing/reread-sections.ts';

const RUNS = { seed: 4, numRuns: 300 };

describe('the columns of a heap', () => {
  it('come back as they were, and give the same dominators', () => {
    fc.assert(
      fc.property(randomHeap(), (shape) => {
        const graph = heapOf(shape);
        const columns = restoreGraph(rereadSections(graphSections(graph)))!;
        expect(dominators({ ...graph, ...columns })).toEqual(dominators(graph));
        for (const { name, column } of graphSections(columns))
          expect([name, column]).toEqual([name, graphSections(graph).find((section) => section.name === name)!.column]);
      }),
      RUNS,
    );
  });

  it.each([
    { what: 'an edge more than there are', name: 'graph.firstEdge', column: Uint32Array.of(0, 2, 2, 3) },
    { what: 'a node less', name: 'graph.address', column: Uint32Array.of(1, 2) },
    { what: 'other numbers than these', name: 'graph.edgeFlags', column: Uint32Array.of(0, 0) },
    { what: 'no such column', name: 'graph.shallowBytes', column: undefined },
  ])('are refused with $what', ({ name, column }) => {
    const whole: Section[] = [
      { name: 'graph.typeOf', column: Uint32Array.of(0, 0, 0) },
      { name: 'graph.shallowBytes', column: Uint32Array.of(1, 1, 1) },
      { name: 'graph.address', column: Uint32Array.of(1, 2, 3) },
      { name: 'graph.firstEdge', column: Uint32Array.of(0, 2, 2, 2) },
      { name: 'graph.edgeTarget', column: Uint32Array.of(1, 2) },
      { name: 'graph.edgeFlags', column: Uint8Array.of(0, 0) },
    ];
    expect(restoreGraph(rereadSections(whole))).toMatchObject({ nodeCount: 3, edgeCount: 2 });
    const others = whole.filter((section) => section.name !== name);
    expect(restoreGraph(rereadSections(column === undefined ? others : [...others, { name, column }]))).toBeUndefined();
  });
});

describe('a dominator tree', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(randomHeap(), (shape) => {
        const graph = heapOf(shape);
        const tree = dominators(graph);
        const again = restoreDominators(rereadSections(dominatorSections(tree)), graph.nodeCount)!;
        expect(again.count).toBe(tree.count);
        for (let node = 0; node < graph.nodeCount; node++) {
          expect(again.dominatorOf(node)).toBe(tree.dominatorOf(node));
          expect(again.retainedBytes(node)).toBe(tree.retainedBytes(node));
        }
        expect([...again.children(undefined)]).toEqual([...tree.children(undefined)]);
      }),
      RUNS,
    );
  });

  it.each([
    { what: 'more numbers than nodes', name: 'dominators.node', column: new Uint32Array(5) },
    { what: 'too few sizes', name: 'dominators.retained', column: Float64Array.of(0, 1) },
  ])('is refused with $what', ({ name, column }) => {
    const whole: Section[] = [
      { name: 'dominators.node', column: Uint32Array.of(0, 0, 1) },
      { name: 'dominators.dominator', column: Uint32Array.of(0, 1, 1) },
      { name: 'dominators.retained', column: Float64Array.of(0, 3, 2) },
    ];
    expect(restoreDominators(rereadSections(whole), 2)?.retainedBytes(0)).toBe(3);
    const others = whole.filter((section) => section.name !== name);
    expect(restoreDominators(rereadSections([...others, { name, column }]), 2)).toBeUndefined();
  });
});
