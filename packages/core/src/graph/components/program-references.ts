import { EdgeKind, labelKind } from '../edge-label.ts';
import { EdgeFlag } from '../edge-flags.ts';
import type { HeapGraph } from '../heap-graph.ts';
import { noProgress, type Progress } from '../progress.ts';
import { runtimeHolders } from '../runtime-holders.ts';

const PROGRESS_MASK = 0x3fffff;
const SAYS_NOTHING = EdgeFlag.holdsNothing | EdgeFlag.aside | EdgeFlag.describes;

/**
 * Flags of the references that tell how a program's own objects hang together, for `components`: a copy of `edgeFlags` in
 * which everything else holds nothing. Left out are references to classes and to what describes an object, from code to
 * the namespace it runs in, and into namespaces of the runtime. With them, half of a heap is one knot: each instance
 * leads to its class, its methods, their module, and so to everything. Where labels would have to be read from the file,
 * flags and roles decide alone. O(nodes + edges), one byte an edge.
 */
export function programReferences(graph: HeapGraph, progress: Progress = noProgress): Uint8Array {
  const { edgeCount, edgeTarget, edgeLabels, language } = graph;
  const flags = graph.edgeFlags.slice();
  const isScaffold = scaffold(graph);
  const readsLabels = edgeLabels.areInFile !== true;
  for (let e = 0; e < edgeCount; e++) {
    if ((e & PROGRESS_MASK) === 0) progress({ step: 'references', done: e, total: edgeCount });
    let counts = (flags[e] & SAYS_NOTHING) === 0 && isScaffold[edgeTarget[e]] === 0;
    if (counts && readsLabels) {
      const label = edgeLabels.at(e);
      counts = labelKind(label) !== EdgeKind.type && !language.isNamespace(graph, label);
    }
    if (!counts) flags[e] |= EdgeFlag.holdsNothing;
  }
  return flags;
}

/** Classes, and what the runtime holds programs with. One byte a node. */
function scaffold(graph: HeapGraph): Uint8Array {
  const { nodeCount, language } = graph;
  const found = runtimeHolders(graph);
  for (let node = 0; node < nodeCount; node++) if (found[node] === 0 && language.role(graph, node) === 'class') found[node] = 1;
  return found;
}
