import type { HeapGraph } from '../heap-graph.ts';
import { NO_NODE, type DepthFirstTree } from './depth-first.ts';

/**
 * Retained size of each number: its own bytes and all that it dominates, in one pass from the last number to the first.
 * Lies over `path` of the tree, which nobody needs any more: a heap of ten million objects saves 100 MB.
 */
export function retainedSizes(graph: HeapGraph, tree: DepthFirstTree, dominator: Uint32Array): Float64Array {
  const { shallowBytes } = graph;
  const { node, count } = tree;
  const retained = new Float64Array(tree.path.buffer, 0, count + 1);
  retained[0] = 0;
  retained[1] = node[1] === NO_NODE ? 0 : shallowBytes[node[1]];
  for (let i = 2; i <= count; i++) retained[i] = shallowBytes[node[i]];
  for (let i = count; i >= 2; i--) retained[dominator[i]] += retained[i];
  return retained;
}
