import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { EdgeType, edgeTypeOf } from './edge-types.ts';

/**
 * True for the scope (context) of a file: every function of the file refers to it, and it to everything that the file keeps
 * in variables, as a module's namespace does elsewhere. A scope refers to the one around it by an internal reference; what
 * is around the outermost is none of the program's.
 */
export function isOutermostScope(
  { firstEdge, edgeTarget, edgeFlags }: HeapGraph,
  context: NodeIndex,
  isContext: (node: NodeIndex) => boolean,
): boolean {
  for (let e = firstEdge[context]; e < firstEdge[context + 1]; e++)
    if (edgeTypeOf(edgeFlags[e]) === EdgeType.internal && isContext(edgeTarget[e])) return false;
  return true;
}
