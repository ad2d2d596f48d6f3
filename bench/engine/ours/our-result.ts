import type { DominatorTree } from '../../../packages/core/src/graph/dominators/index.ts';
import type { HeapGraph } from '../../../packages/core/src/graph/heap-graph.ts';
import type { CpuLaps } from './cpu-laps.ts';

/** What a task of ours prints, as one line of JSON. */
export interface OurResult {
  readonly cpuSecondsByStep: Readonly<Record<string, number>>;
  readonly nodes: number;
  readonly edges: number;
  /** By the root; by the survivors alone for `growth`. */
  readonly retainedBytes: number;
  /** What was found, for `growth`: the types of survivors that retain most. */
  readonly found?: readonly string[];
  readonly cacheBytes?: number;
}

export function resultOf({ nodeCount, edgeCount }: HeapGraph, tree: DominatorTree, laps: CpuLaps): OurResult {
  return { cpuSecondsByStep: laps.seconds, nodes: nodeCount, edges: edgeCount, retainedBytes: tree.totalBytes };
}
