import { EdgeKind, edgeLabel } from '../../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex } from '../../../graph/heap-graph.ts';

/** References by these names, as slots or attributes: owners and targets side by side. */
export interface NamedReferences {
  readonly owners: readonly NodeIndex[];
  readonly targets: readonly NodeIndex[];
}

/** Every reference of a heap with one of these names. One pass over all labels; attributes that lie in a `__dict__` are not seen. */
export function namedReferences(graph: HeapGraph, names: readonly string[]): ReadonlyMap<string, NamedReferences> {
  const { nodeCount, firstEdge, edgeTarget, edgeLabels } = graph;
  const found = new Map(names.map((name) => [name, { owners: [] as NodeIndex[], targets: [] as NodeIndex[] }]));
  const byLabel = new Map<number, { owners: NodeIndex[]; targets: NodeIndex[] }>();
  for (const [name, references] of found)
    for (const kind of [EdgeKind.slot, EdgeKind.attribute]) byLabel.set(edgeLabel(kind, graph.names.intern(name)), references);
  for (let node = 0; node < nodeCount; node++) {
    for (let e = firstEdge[node], end = firstEdge[node + 1]; e < end; e++) {
      const references = byLabel.get(edgeLabels.at(e));
      if (references === undefined) continue;
      references.owners.push(node);
      references.targets.push(edgeTarget[e]);
    }
  }
  return found;
}
