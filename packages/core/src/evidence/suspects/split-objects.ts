import type { DominatorTree } from '../../graph/dominators/index.ts';
import { GrowingUint32 } from '../../graph/growing-column.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';
import { pileUp } from './pile-up.ts';
import { isDefinition, type TopObjects } from './top-objects.ts';

/** Share of what an object keeps that must be in a few large children for these to be the ones to look at. */
const IN_LARGE_CHILDREN = 0.5;
/** Each split leaves less to look at, but for unforeseen trees. */
const MOST_SPLITS = 10;

/**
 * Top objects, with those that pile up in nothing of their own replaced by what they keep: an application object with two
 * caches is no answer, the caches are. That is where the walk down ends at an object whose children pass the threshold
 * themselves and keep the better part of it. One pass over the numbers for each level of splits.
 */
export function splitObjects(
  graph: HeapGraph,
  tree: DominatorTree,
  { numbers: top, isHolder }: TopObjects,
  thresholdBytes: number,
  largestChild: Uint32Array,
): Uint32Array {
  const { dominator, retained, node, count } = tree;
  let numbers = top;
  let fresh = top;
  for (let level = 0; level < MOST_SPLITS; level++) {
    const ends = new Map<number, number>();
    for (const number of fresh) {
      if (retained[number] <= thresholdBytes) continue;
      const { at, chainedObjects } = pileUp(graph, tree, number, largestChild);
      if (chainedObjects === 0 && retained[largestChild[at]] > thresholdBytes) ends.set(at, number);
    }
    if (ends.size === 0) break;
    const inLarge = new Float64Array(count + 1);
    for (let i = 2; i <= count; i++) if (retained[i] > thresholdBytes) inLarge[dominator[i]] += retained[i];
    const isWalkedThrough = new Uint8Array(count + 1);
    const split = new Set<number>();
    for (const [end, number] of ends) {
      if (inLarge[end] < IN_LARGE_CHILDREN * retained[end]) continue;
      split.add(number);
      for (let at = end; at !== number; at = dominator[at]) isWalkedThrough[at] = 1;
      isWalkedThrough[number] = 1;
    }
    if (split.size === 0) break;
    const below = new GrowingUint32();
    for (let i = 2; i <= count; i++) {
      if (isWalkedThrough[dominator[i]] === 0 || isWalkedThrough[i] === 1) continue;
      if (isHolder[node[i]] === 1 || isDefinition(graph, node[i])) isWalkedThrough[i] = 1;
      else below.push(i);
    }
    fresh = below.finish();
    const rest = numbers.filter((number) => !split.has(number));
    numbers = new Uint32Array(rest.length + fresh.length);
    numbers.set(rest);
    numbers.set(fresh, rest.length);
    numbers.sort();
  }
  return numbers;
}
