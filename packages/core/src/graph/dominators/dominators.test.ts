import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeapGraph } from '../heap-graph.ts';
import { heapOf, randomHeap, type HeapShape } from '../testing/random-heap.ts';
import { equalsRemoval } from '../testing/removal-oracle.ts';
import { parseGraph } from '../text-notation.ts';
import { dominators, NO_DOMINATOR } from './index.ts';

describe('dominators and retained sizes', () => {
  it('are those that the removal of single nodes shows, on random heaps', () => {
    let compared = 0;
    fc.assert(
      fc.property(randomHeap(), (shape) => void (compared += Number(equalsRemoval(shape)))),
      { numRuns: 600 },
    );
    expect(compared).toBeGreaterThan(300);
  });

  it('lists what a node dominates, the largest first', () => {
    const { graph, node } = parseGraph('module app = m\nsmall: T 8\nbig: T 80\nm .a small\nm .b big\nm .s shared\nsmall .s shared');
    const tree = dominators(graph);
    expect([...tree.children(node('m'))]).toEqual([node('big'), node('shared'), node('small')]);
    expect([...tree.children(undefined)]).toEqual([node('m')]);
    expect([...tree.children(node('big'))]).toEqual([]);
  });

  it('does not count for the program what only the agent of heaptrail holds', () => {
    const { graph, node } = parseGraph('module app = m\nagent own = o\nm .agent o\no .seen x\nm .x x\no .mine y');
    const tree = dominators(graph);
    expect(tree.dominatorOf(node('x'))).toBe(node('m'));
    expect(tree.dominatorOf(node('y'))).toBe(node('o'));
    expect(tree.dominatorOf(node('o'))).toBe(NO_DOMINATOR);
  });

  it('takes a chain of a million with shared payloads in linear time and memory', () => {
    // Climbing from parent to semidominator would take 5e11 steps here.
    const length = 1_000_000;
    const tree = dominators(chain(length));
    expect(tree.dominatorOf(2 + length)).toBe(0);
    expect(tree.retainedBytes(2)).toBe(length);
    expect(tree.totalBytes).toBe(2 * length + 2);
  });

  it('takes a star of a million', () => {
    const length = 1_000_000;
    const firstEdge = new Uint32Array(length + 2).fill(length, 1);
    const edgeTarget = Uint32Array.from({ length }, (_, i) => i + 1);
    const columns = { edgeCount: length, firstEdge, edgeTarget, edgeFlags: new Uint8Array(length) };
    const anchors = {
      rootNode: undefined,
      first: Uint32Array.of(0),
      second: new Uint32Array(),
      near: new Uint32Array(),
      unreached: 'garbage',
    };
    const tree = dominators({ ...heapOf(shapeOf(length + 1)), ...columns, anchors } as HeapGraph);
    expect(tree.retainedBytes(0)).toBe(length + 1);
    expect(tree.children(0).length).toBe(length);
  });

  it('sums to more than 32 bits hold, and not for nothing', () => {
    const retained = (sizeBytes: number): [number, boolean] => {
      const { graph, node } = parseGraph(`module app = m\nm: module 1\nm .a a\na: T ${sizeBytes}\na .b b\nb: T ${sizeBytes}`);
      const tree = dominators(graph);
      return [tree.retainedBytes(node('m')), tree.retained instanceof Uint32Array];
    };
    expect(retained(2 ** 31 - 1)).toEqual([2 ** 32 - 1, true]);
    expect(retained(2 ** 31)).toEqual([2 ** 32 + 1, false]);
  });

  it('stops when progress throws', () => {
    const { graph } = parseGraph('module app = m');
    expect(() =>
      dominators(graph, () => {
        throw new Error('cancelled');
      }),
    ).toThrow('cancelled');
  });
});

function shapeOf(nodeCount: number): HeapShape {
  const ones = new Array<number>(nodeCount).fill(1);
  return { nodeCount, edges: [], anchors: { rootNode: true, first: [], second: [], unreached: 'held' }, typeOf: [0], shallowBytes: ones };
}

/** Root 0 holds a registry 1 and the head 2 of a chain; every link holds its payload, and so does the registry. */
function chain(length: number): HeapGraph {
  const nodeCount = 2 + 2 * length;
  const edgeCount = 2 + (2 * length - 1) + length;
  const firstEdge = new Uint32Array(nodeCount + 1);
  const edgeTarget = new Uint32Array(edgeCount);
  let e = 0;
  const hold = (target: number): void => void (edgeTarget[e++] = target);
  hold(2);
  hold(1);
  firstEdge[1] = e;
  for (let i = 0; i < length; i++) hold(2 + length + i);
  for (let i = 0; i < length; i++) {
    firstEdge[2 + i] = e;
    if (i + 1 < length) hold(3 + i);
    hold(2 + length + i);
  }
  firstEdge.fill(e, 2 + length);
  return {
    ...heapOf(shapeOf(nodeCount)),
    edgeCount,
    firstEdge,
    edgeTarget,
    edgeFlags: new Uint8Array(edgeCount),
    anchors: { rootNode: 0, first: Uint32Array.of(2, 1), second: new Uint32Array(), near: new Uint32Array(), unreached: 'held' },
  };
}
