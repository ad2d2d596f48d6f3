import { EdgeFlag } from './edge-flags.ts';
import type { HeapGraph } from './heap-graph.ts';
import { PendingPairs } from './paired-references.ts';
import { noProgress, type Progress } from './progress.ts';

/** Where the distances begin of what no near anchor reaches, so that it sorts after everything else (the number is DevTools'). */
export const SYSTEM_DISTANCE = 100_000_000;
export const NO_DISTANCE = -1;

const NOT_FOLLOWED = EdgeFlag.weak | EdgeFlag.aside;

/**
 * How many references lie between a root and each node: 1 for near anchors, more for what they lead to, from
 * SYSTEM_DISTANCE on for the rest, NO_DISTANCE for what nothing reaches. Breadth-first over the columns, 8 bytes a node.
 */
export function distances(graph: HeapGraph, progress: Progress = noProgress): Int32Array {
  const { nodeCount, anchors } = graph;
  const distance = new Int32Array(nodeCount).fill(NO_DISTANCE);
  const queue = new Uint32Array(nodeCount);
  let length = 0;
  const take = (node: number, at: number): void => {
    if (distance[node] !== NO_DISTANCE) return;
    distance[node] = at;
    queue[length++] = node;
  };
  for (const node of anchors.near) take(node, 1);
  progress({ step: 'distances', done: 0, total: nodeCount });
  const pairs = graph.pairs === undefined ? undefined : new PendingPairs(graph.pairs, graph);
  follow(graph, pairs, distance, queue, length);
  const system = length > 0 ? SYSTEM_DISTANCE : 0;
  length = 0;
  if (anchors.rootNode !== undefined) {
    distance[anchors.rootNode] = system;
    queue[length++] = anchors.rootNode;
  } else {
    for (const node of anchors.first) take(node, system + 1);
    for (const node of anchors.second) take(node, system + 1);
  }
  follow(graph, pairs, distance, queue, length);
  return distance;
}

/** Breadth-first from the `length` nodes in `queue`, which has room for all. */
function follow(graph: HeapGraph, pairs: PendingPairs | undefined, distance: Int32Array, queue: Uint32Array, length: number): void {
  const { firstEdge, edgeTarget, edgeFlags } = graph;
  for (let head = 0; head < length; head++) {
    const node = queue[head];
    const next = distance[node] + 1;
    const hasPairs = pairs?.isSource(node) === true;
    for (let e = firstEdge[node], end = firstEdge[node + 1]; e < end; e++) {
      const target = edgeTarget[e];
      if (distance[target] !== NO_DISTANCE || (edgeFlags[e] & NOT_FOLLOWED) !== 0) continue;
      if (hasPairs && !pairs.leadsOn(e)) continue;
      distance[target] = next;
      queue[length++] = target;
    }
  }
}
