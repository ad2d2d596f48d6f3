import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EdgeFlag } from '../edge-flags.ts';
import type { HeapGraph } from '../heap-graph.ts';
import { heapOf, randomHeap, type HeapShape } from '../testing/random-heap.ts';
import { parseGraph } from '../text-notation.ts';
import { dominators, NO_DOMINATOR } from './index.ts';

const RUNS = Number(process.env.HEAPTRAIL_FUZZ_RUNS ?? 600);

/** References that count, by the rules of `Anchors` and `EdgeFlag` taken literally. */
function holdingEdges(graph: HeapGraph): (readonly [number, number])[] {
  const { nodeCount, firstEdge, edgeTarget, edgeFlags, anchors } = graph;
  const isFirstTier = new Set<number>();
  const open = [...anchors.first];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isFirstTier.has(node)) continue;
    isFirstTier.add(node);
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) if ((edgeFlags[e] & EdgeFlag.weak) === 0) open.push(edgeTarget[e]);
  }
  const edges: (readonly [number, number])[] = [];
  for (let node = 0; node < nodeCount; node++)
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
      const target = edgeTarget[e];
      const holds = (edgeFlags[e] & EdgeFlag.holdsNothing) === 0 && target !== node;
      if (holds && (node === anchors.rootNode || !isFirstTier.has(target) || isFirstTier.has(node))) edges.push([node, target]);
    }
  return edges;
}

function reachable(edges: readonly (readonly [number, number])[], starts: readonly number[], without: number): Set<number> {
  const targets = new Map<number, number[]>();
  for (const [from, to] of edges) targets.set(from, [...(targets.get(from) ?? []), to]);
  const seen = new Set<number>();
  const open = starts.filter((start) => start !== without);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const target of targets.get(node) ?? []) if (target !== without) open.push(target);
  }
  return seen;
}

/** Where the removal of single nodes starts from: anchors, and what nothing refers to where that is held too. Undefined for heaps with knots that nothing refers to: there the answer is not defined. */
function startsOf(shape: HeapShape, graph: HeapGraph): readonly number[] | undefined {
  const edges = holdingEdges(graph);
  const anchors = [...shape.anchors.first, ...shape.anchors.second, ...(shape.anchors.rootNode ? [0] : [])];
  if (shape.anchors.unreached === 'garbage') return anchors;
  const isReferredTo = new Set(edges.map(([, to]) => to));
  const orphans = Array.from({ length: shape.nodeCount }, (_, node) => node).filter((node) => !isReferredTo.has(node));
  const starts = [...anchors, ...orphans];
  return reachable(edges, starts, -1).size === shape.nodeCount ? starts : undefined;
}

describe('dominators and retained sizes', () => {
  it('are those that the removal of single nodes shows, on random heaps', () => {
    let compared = 0;
    fc.assert(
      fc.property(randomHeap(), (shape) => {
        const graph = heapOf(shape);
        const starts = startsOf(shape, graph);
        if (starts === undefined) return;
        compared++;
        const edges = holdingEdges(graph);
        const tree = dominators(graph);
        const bytes = (nodes: Iterable<number>): number => [...nodes].reduce((sum, node) => sum + shape.shallowBytes[node], 0);
        const all = reachable(edges, starts, -1);
        expect(tree.totalBytes).toBe(bytes(all));
        expect(tree.reachedCount).toBe(all.size);
        for (let node = 0; node < shape.nodeCount; node++) {
          expect(tree.isReached(node)).toBe(all.has(node));
          if (!all.has(node) || node === tree.rootNode) continue;
          const left = reachable(edges, starts, node);
          const freed = [...all].filter((each) => !left.has(each));
          expect(tree.retainedBytes(node)).toBe(bytes(freed));
          for (const each of freed) expect(tree.dominates(node, each)).toBe(true);
          const dominator = tree.dominatorOf(node);
          if (dominator !== NO_DOMINATOR && dominator !== tree.rootNode) expect(reachable(edges, starts, dominator).has(node)).toBe(false);
        }
      }),
      { numRuns: RUNS },
    );
    expect(compared).toBeGreaterThan(RUNS / 2);
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
