import type { HeapGraph } from '../heap-graph.ts';
import type { Scratch } from '../scratch.ts';
import { NO_NODE, type DepthFirstTree } from './depth-first.ts';

const MOST_IN_32_BITS = 0xffffffff;

/**
 * Retained size of each number: its own bytes and all that it dominates, in one pass from the last number to the first;
 * doubles only where the whole heap has 4 GiB or more, because a column of half the length is read back from a cache in half
 * the time. Lies over `path` of the tree, which nobody needs any more: a heap of ten million objects saves 100 MB.
 */
export function retainedSizes(
  { shallowBytes }: Pick<HeapGraph, 'shallowBytes'>,
  tree: DepthFirstTree,
  dominator: Uint32Array,
  scratch: Scratch,
): Uint32Array | Float64Array {
  const { node, path, count } = tree;
  let totalBytes = 0;
  for (let i = 0; i < shallowBytes.length; i++) totalBytes += shallowBytes[i];
  if (totalBytes > MOST_IN_32_BITS) return sums(new Float64Array(path.buffer, 0, count + 1), shallowBytes, node, dominator);
  scratch.give(path.subarray(count + 1));
  return sums(path.subarray(0, count + 1), shallowBytes, node, dominator);
}

function sums<Column extends Uint32Array | Float64Array>(
  retained: Column,
  shallowBytes: HeapGraph['shallowBytes'],
  node: Uint32Array,
  dominator: Uint32Array,
): Column {
  const count = retained.length - 1;
  retained[0] = 0;
  retained[1] = node[1] === NO_NODE ? 0 : shallowBytes[node[1]];
  for (let i = 2; i <= count; i++) retained[i] = shallowBytes[node[i]];
  for (let i = count; i >= 2; i--) retained[dominator[i]] += retained[i];
  return retained;
}
