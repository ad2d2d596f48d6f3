import type { HeapGraph } from '../../graph/heap-graph.ts';
import type { RetainingPath } from '../../graph/shortest-paths.ts';
import type { SuspectOwner } from './suspect.ts';

/**
 * The nearest thing on a path, from its end up, that the developer wrote (Eclipse MAT: the first ancestor that is not of
 * the runtime): an object whose type is of a module that does not come with the language, else the root, if that is such a
 * module or a variable of a function of the program. Undefined when the whole path belongs to the language.
 */
export function suspectOwner(graph: HeapGraph, path: RetainingPath): SuspectOwner | undefined {
  const { language } = graph;
  for (let i = path.steps.length - 1; i >= 0; i--) {
    const { node } = path.steps[i];
    const { module, displayName } = graph.types[graph.typeOf[node]];
    if (module !== '' && !language.isLibraryModule(module)) return { node, by: 'type', name: displayName };
  }
  const { root } = path;
  if (root.kind === 'module' && !language.isLibraryModule(root.name)) return { node: root.node, by: 'module', name: root.name };
  if (root.kind === 'frame' && !language.isLibraryFrame(root.frame)) return { node: root.node, by: 'frame', name: root.frame.function };
  return undefined;
}
