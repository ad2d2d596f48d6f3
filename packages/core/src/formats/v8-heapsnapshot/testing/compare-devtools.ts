import type { DevToolsHeap } from '../../../../../../tools/oracle/devtools.ts';
import { distances } from '../../../graph/distances.ts';
import { dominators } from '../../../graph/dominators/index.ts';
import type { HeapGraph } from '../../../graph/heap-graph.ts';
import type { V8Type } from '../v8-types.ts';

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

export function disagreement(graph: HeapGraph, devTools: DevToolsHeap): Disagreement {
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
