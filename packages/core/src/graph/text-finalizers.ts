import type { HeapGraph, NodeIndex } from './heap-graph.ts';
import type { FinalizerRegistration, FinalizerRegistry } from './language.ts';

/**
 * Finalizers of a graph written as text: objects of type `finalizer` watch what they refer to weakly, and hold what they refer
 * to, save one another. An object of type `finalizers` that refers to some is their registry, its `.callback` their callback.
 */
export function textFinalizers(graph: HeapGraph): readonly FinalizerRegistration[] {
  const targetBySource = new Map(Array.from(graph.weak.source, (source, i) => [source, graph.weak.target[i]]));
  const isFinalizer = (node: NodeIndex): boolean => typeName(graph, node) === 'finalizer';
  const registryOf = new Map<NodeIndex, FinalizerRegistry>();
  const found: NodeIndex[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    if (isFinalizer(node)) found.push(node);
    const callback = typeName(graph, node) === 'finalizers' ? callbackOf(graph, node) : undefined;
    if (callback !== undefined) for (const finalizer of referents(graph, node)) registryOf.set(finalizer, { node, callback });
  }
  return found.map((registration) => {
    const held = [...referents(graph, registration)].filter((node) => !isFinalizer(node));
    const registry = registryOf.get(registration);
    return {
      registration,
      target: targetBySource.get(registration),
      holds: registry === undefined ? held : [registry.callback, ...held],
      held,
      holder: registration,
      ...(registry === undefined ? {} : { registry }),
      callback: 'callback',
      callbackFrame: undefined,
    };
  });
}

function callbackOf(graph: HeapGraph, registry: NodeIndex): NodeIndex | undefined {
  for (let edge = graph.firstEdge[registry]; edge < graph.firstEdge[registry + 1]; edge++)
    if (graph.language.labelText(graph, graph.edgeLabels.at(edge)) === '.callback') return graph.edgeTarget[edge];
  return undefined;
}

function referents({ firstEdge, edgeTarget }: HeapGraph, node: NodeIndex): Uint32Array {
  return edgeTarget.subarray(firstEdge[node], firstEdge[node + 1]);
}

function typeName(graph: HeapGraph, node: NodeIndex): string {
  return graph.types[graph.typeOf[node]].displayName;
}
