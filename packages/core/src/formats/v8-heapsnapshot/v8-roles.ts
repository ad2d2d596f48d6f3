import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { ObjectRole } from '../../graph/language.ts';
import { EdgeType, edgeTypeOf } from './edge-types.ts';
import type { V8Type } from './v8-types.ts';

const ROLE_BY_NODE_TYPE: ReadonlyMap<string, ObjectRole> = new Map<string, ObjectRole>([
  ['closure', 'callable'],
  ['string', 'constant'],
  ['concatenated string', 'constant'],
  ['sliced string', 'constant'],
  ['number', 'constant'],
  ['bigint', 'constant'],
  // Groups of roots, scripts, native contexts, compiled functions, hidden classes.
  ...['synthetic', 'hidden', 'code', 'object shape'].map((nodeType) => [nodeType, 'runtime'] as const),
]);

const CONTEXT = 'system / Context';

/** What an object of V8's is for. The outermost scope of a file is its module: every function of the file refers to it. */
export function v8Role(graph: HeapGraph, node: NodeIndex, types: readonly V8Type[]): ObjectRole | undefined {
  const { nodeType, name } = types[graph.typeOf[node]];
  if (nodeType === 'object' && name === CONTEXT && isOutermostScope(graph, node, types)) return 'runtime';
  return ROLE_BY_NODE_TYPE.get(nodeType);
}

/** A scope refers to the one around it by an internal reference; what is around the outermost is none of the program's. */
function isOutermostScope({ firstEdge, edgeTarget, edgeFlags, typeOf }: HeapGraph, node: NodeIndex, types: readonly V8Type[]): boolean {
  for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++)
    if (edgeTypeOf(edgeFlags[e]) === EdgeType.internal && types[typeOf[edgeTarget[e]]].name === CONTEXT) return false;
  return true;
}
