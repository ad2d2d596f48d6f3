import { expect } from 'vitest';
import { EdgeFlag } from '../edge-flags.ts';
import { dominators, NO_DOMINATOR } from '../dominators/index.ts';
import type { HeapGraph } from '../heap-graph.ts';
import { heapOf, type HeapShape } from './random-heap.ts';

/**
 * Dominators and retained sizes as their definition has them: what is no longer reached when one object is removed. Compares them with
 * ours; false for heaps with knots that nothing refers to, for which DevTools' answer is not defined either.
 */
export function equalsRemoval(shape: HeapShape): boolean {
  const graph = heapOf(shape);
  const starts = startsOf(shape, graph);
  if (starts === undefined) return false;
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
  return true;
}

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
