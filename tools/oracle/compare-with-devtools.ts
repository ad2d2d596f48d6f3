import { distances } from '../../packages/core/src/graph/distances.ts';
import { dominators } from '../../packages/core/src/graph/dominators/index.ts';
import type { HeapGraph } from '../../packages/core/src/graph/heap-graph.ts';
import type { V8Type } from '../../packages/core/src/formats/v8-heapsnapshot/v8-types.ts';
import type { DevToolsHeap } from './devtools.ts';

/** On how many nodes each figure differs from DevTools'. */
export interface Disagreement {
  readonly nodes: number;
  readonly shallow: number;
  readonly retained: number;
  readonly dominator: number;
  readonly distance: number;
  readonly detached: number;
}

export const AGREEMENT: Omit<Disagreement, 'nodes'> = { shallow: 0, retained: 0, dominator: 0, distance: 0, detached: 0 };

/** Compares our reading of a snapshot with DevTools' on every node. */
export function disagreement(graph: HeapGraph, devTools: DevToolsHeap): Disagreement {
  if (graph.nodeCount !== devTools.nodeCount) throw new Error(`${devTools.nodeCount} nodes expected, found ${graph.nodeCount}`);
  const tree = dominators(graph);
  const distance = distances(graph);
  const count = { shallow: 0, retained: 0, dominator: 0, distance: 0, detached: 0 };
  for (let node = 0; node < graph.nodeCount; node++) {
    const dominator = tree.dominatorOf(node);
    if (graph.shallowBytes[node] !== devTools.shallowBytes[node]) count.shallow++;
    if (tree.retainedBytes(node) !== devTools.retainedBytes[node]) count.retained++;
    if ((dominator < 0 ? node : dominator) !== devTools.dominator[node]) count.dominator++;
    // Where nothing leads is below zero in both, though not the same number.
    if (Math.max(-1, distance[node]) !== Math.max(-1, devTools.distance[node])) count.distance++;
    const { nodeType, name } = graph.types[graph.typeOf[node]] as V8Type;
    if (nodeType === 'native' && name.startsWith('Detached ') !== (devTools.isDetached[node] === 1)) count.detached++;
  }
  return { nodes: graph.nodeCount, ...count };
}
