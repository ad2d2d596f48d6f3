import { EdgeKind, edgeLabel, labelKind, labelOperand } from '../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { PythonFacts } from './python-facts.ts';

/**
 * Which types have `__del__`. A dump does not say it of a type, but holds the classes themselves: one is looked up in the
 * namespaces of a class and of those in its method resolution order (the tuple that begins with the class itself). Types of
 * C that inherit it from another one of C show no such tuple before CPython 3.12, and count as having none.
 */
export class DunderDel {
  readonly #facts: PythonFacts;
  readonly #hasByType = new Map<number, boolean>();

  constructor(facts: PythonFacts) {
    this.#facts = facts;
  }

  isInTypeOf(graph: HeapGraph, node: NodeIndex): boolean {
    const type = graph.typeOf[node];
    let has = this.#hasByType.get(type);
    if (has === undefined) {
      const owner = this.#facts.nodeOfType(type);
      has = owner !== undefined && [owner, ...methodResolutionOrder(graph, owner)].some((each) => defines(graph, each));
      this.#hasByType.set(type, has);
    }
    return has;
  }
}

/** The method resolution order of a class, where the heap shows it: the class itself first. */
export function methodResolutionOrder(graph: HeapGraph, owner: NodeIndex): readonly NodeIndex[] {
  const { firstEdge, edgeTarget } = graph;
  for (let e = firstEdge[owner]; e < firstEdge[owner + 1]; e++) {
    const order = edgeTarget[e];
    if (graph.types[graph.typeOf[order]].displayName !== 'tuple') continue;
    if (firstEdge[order] === firstEdge[order + 1] || edgeTarget[firstEdge[order]] !== owner) continue;
    return [...edgeTarget.subarray(firstEdge[order], firstEdge[order + 1])];
  }
  return [];
}

function defines(graph: HeapGraph, owner: NodeIndex): boolean {
  const { firstEdge, edgeTarget, edgeLabels } = graph;
  const namespaceLabel = edgeLabel(EdgeKind.internal, graph.names.intern('__dict__'));
  for (let e = firstEdge[owner]; e < firstEdge[owner + 1]; e++) {
    if (edgeLabels.at(e) !== namespaceLabel) continue;
    const table = edgeTarget[e];
    for (let t = firstEdge[table]; t < firstEdge[table + 1]; t++) {
      const label = edgeLabels.at(t);
      if (labelKind(label) === EdgeKind.key && graph.texts.text(labelOperand(label)) === '__del__') return true;
    }
  }
  return false;
}
