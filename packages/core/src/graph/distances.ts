import { EdgeFlag } from './edge-flags.ts';
import type { HeapGraph } from './heap-graph.ts';
import { PendingPairs } from './paired-references.ts';
import { noProgress, type Progress } from './progress.ts';
import { Scratch } from './scratch.ts';

/** Where the distances begin of what no near anchor reaches, so that it sorts after everything else (the number is DevTools'). */
export const SYSTEM_DISTANCE = 100_000_000;
export const NO_DISTANCE = -1;

const NOT_FOLLOWED = EdgeFlag.weak | EdgeFlag.aside;

/**
 * How many references lie between a root and each node: 1 for near anchors, more for what they lead to, from
 * SYSTEM_DISTANCE on for the rest, NO_DISTANCE for what nothing reaches. Breadth-first over the columns, 8 bytes a node and
 * one bit: most references lead to what was reached before, and bits stay in the processor's cache where distances do not.
 */
export function distances(graph: HeapGraph, progress: Progress = noProgress, scratch = new Scratch()): Int32Array {
  const { nodeCount, anchors } = graph;
  const column = scratch.take(nodeCount);
  const distance = new Int32Array(column.buffer, column.byteOffset, nodeCount).fill(NO_DISTANCE);
  const isReached = new Uint32Array((nodeCount >>> 5) + 1);
  const queue = scratch.take(nodeCount);
  let length = 0;
  const take = (node: number, at: number): void => {
    if (distance[node] !== NO_DISTANCE) return;
    distance[node] = at;
    isReached[node >>> 5] |= 1 << (node & 31);
    queue[length++] = node;
  };
  for (const node of anchors.near) take(node, 1);
  progress({ step: 'distances', done: 0, total: nodeCount });
  const pairs = graph.pairs === undefined ? undefined : new PendingPairs(graph.pairs, graph);
  follow(graph, pairs, { distance, isReached, queue }, length);
  const system = length > 0 ? SYSTEM_DISTANCE : 0;
  length = 0;
  if (anchors.rootNode !== undefined) {
    distance[anchors.rootNode] = system;
    isReached[anchors.rootNode >>> 5] |= 1 << (anchors.rootNode & 31);
    queue[length++] = anchors.rootNode;
  } else {
    for (const node of anchors.first) take(node, system + 1);
    for (const node of anchors.second) take(node, system + 1);
  }
  follow(graph, pairs, { distance, isReached, queue }, length);
  scratch.give(queue);
  return distance;
}

interface Reached {
  readonly distance: Int32Array;
  /** One bit a node: those that have a distance. */
  readonly isReached: Uint32Array;
  /** Has room for all nodes. */
  readonly queue: Uint32Array;
}

/** Breadth-first from the first `length` nodes in the queue, which all have the distance of the first; level by level. */
function follow(graph: HeapGraph, pairs: PendingPairs | undefined, { distance, isReached, queue }: Reached, length: number): void {
  const { firstEdge, edgeTarget, edgeFlags } = graph;
  // Imported constants are looked up each time they are read, by some runtimes.
  const notFollowed = NOT_FOLLOWED;
  const isPaired = pairs?.isTarget;
  let at = length > 0 ? distance[queue[0]] : 0;
  for (let head = 0; head < length;) {
    at++;
    for (const levelEnd = length; head < levelEnd; head++) {
      const node = queue[head];
      for (let e = firstEdge[node], end = firstEdge[node + 1]; e < end; e++) {
        const target = edgeTarget[e];
        const word = target >>> 5;
        const bit = 1 << (target & 31);
        const reached = isReached[word];
        if ((reached & bit) !== 0 || (edgeFlags[e] & notFollowed) !== 0) continue;
        if (isPaired !== undefined && (isPaired[word] & bit) !== 0 && pairs?.leadsOn(e) === false) continue;
        isReached[word] = reached | bit;
        distance[target] = at;
        queue[length++] = target;
      }
    }
  }
}
