import type { DominatorTree } from './dominators/index.ts';
import type { HeapGraph } from './heap-graph.ts';

/**
 * Numbers of the dominator tree from which on everything is heaptrail's own, held by its agent alone: no analysis should
 * see it. Where there is no agent in the heap, a number above all others. Rests on the order of the numbers: the second
 * tier of `Anchors` comes after the first, and nothing of the program leads to an object of the agent.
 */
export function ownObjectsFrom(graph: HeapGraph, tree: DominatorTree): number {
  let first = tree.count + 1;
  for (const { kind, node } of graph.roots) if (kind === 'agent' && tree.number[node] > 1) first = Math.min(first, tree.number[node]);
  return first;
}

/** False where no object is heaptrail's own, which no dominators are needed to say. */
export function hasOwnObjects({ roots }: HeapGraph): boolean {
  return roots.some(({ kind }) => kind === 'agent');
}

/** What heaptrail's own objects retain. */
export function ownBytes(graph: HeapGraph, tree: DominatorTree): number {
  let bytes = 0;
  for (let i = ownObjectsFrom(graph, tree); i <= tree.count; i++) if (tree.dominator[i] === 1) bytes += tree.retained[i];
  return bytes;
}
