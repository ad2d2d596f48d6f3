import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { CollectionBound } from '../../graph/language.ts';
import { attributesOf } from './python-finalizers.ts';
import type { PythonLanguage } from './python-language.ts';

/** Names under which classes keep the limit of a collection beside it: `maxsize`, `_Cache__maxsize`, `max_entries`, `capacity`. */
const LIMIT_NAME = /(^|_)(max_?(size|len|length|entries|items|count|keys|age)?|capacity|limit|bound|size_limit)$/i;

/**
 * A limit on a collection: what `lru_cache` and `deque` enforce (BOUNDS of the dump), or an integer beside the collection
 * whose name says so. A stated limit that is exceeded already is none.
 */
export function pythonBound(
  graph: HeapGraph,
  language: PythonLanguage,
  collection: NodeIndex,
  owners: readonly NodeIndex[],
): CollectionBound | undefined {
  for (const [address, name, limit] of language.dump.bounds) {
    const node = language.index.nodeAt(address);
    if (node === collection || owners.includes(node)) return { name, limit, kind: 'runtime' };
  }
  const current = graph.language.entryCount(graph, collection);
  for (const owner of owners) {
    if (graph.types[graph.typeOf[owner]].displayName === 'module') continue;
    for (const [name, node] of attributesOf(graph, owner)) {
      const value = LIMIT_NAME.test(name) ? graph.values.value(node) : undefined;
      if (typeof value === 'number' && value >= current && value > 1) return { name, limit: value, kind: 'stated' };
    }
  }
  return undefined;
}
