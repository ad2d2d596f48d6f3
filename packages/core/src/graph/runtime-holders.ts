import type { HeapGraph } from './heap-graph.ts';
import { tablesOf } from './module-holders.ts';

/**
 * Marks (1) the objects that the runtime builds to hold programs with: namespaces of modules, global objects, code, system
 * roots. Nearly everything is behind them, so that they explain nothing: suspects are looked for below them, and knots
 * without them. One byte a node, O(nodes).
 */
export function runtimeHolders(graph: HeapGraph): Uint8Array {
  const { nodeCount, roots, anchors, language } = graph;
  const found = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) if (language.role(graph, node) === 'runtime') found[node] = 1;
  if (anchors.rootNode !== undefined) found[anchors.rootNode] = 1;
  for (const { kind, node } of roots) {
    if (kind !== 'module' && kind !== 'global' && kind !== 'interpreter') continue;
    found[node] = 1;
    // The table that a module's names lie in belongs to it.
    for (const table of tablesOf(graph, node)) found[table] = 1;
  }
  return found;
}
