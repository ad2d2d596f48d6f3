import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { CollectionBound } from '../../graph/language.ts';
import { attributesOf } from './python-finalizers.ts';
import type { PythonFacts } from './python-facts.ts';

/** Names under which classes keep the limit of a collection beside it: `maxsize`, `_Cache__maxsize`, `max_entries`, `capacity`. */
const LIMIT_NAME = /(^|_)(max_?(size|len|length|entries|items|count|keys)?|capacity|limit|bound|size_limit)$/i;
/** In a module, where much stands side by side, a limit must speak of its collection: `MAX_CACHE_SIZE` (or `_MAXCACHE`) of `cache`. */
const LIMIT_WORD = /(^|_)(max|limit|capacity|bound|maxsize|maxlen)(_|$)/i;

/**
 * A limit on a collection: what `lru_cache` and `deque` enforce (BOUNDS of the dump), or an integer beside the collection
 * whose name says so. A stated limit that is exceeded already is none.
 */
export function pythonBound(
  graph: HeapGraph,
  facts: PythonFacts,
  collection: NodeIndex,
  owners: readonly NodeIndex[],
): CollectionBound | undefined {
  for (const node of [collection, ...owners]) {
    const kept = facts.boundOf(node);
    if (kept !== undefined) return kept;
  }
  const current = graph.language.entryCount(graph, collection);
  const swept = boundOfSweptList(graph, collection, owners);
  if (swept !== undefined) return swept;
  for (const owner of owners) {
    const attributes = attributesOf(graph, owner);
    const inModule = graph.types[graph.typeOf[owner]].displayName === 'module';
    const collectionName = [...attributes].find(([, node]) => node === collection)?.[0] ?? '';
    for (const [name, node] of attributes) {
      const says = inModule ? speaksOfLimit(inWords(name), collectionName) : LIMIT_NAME.test(name);
      const value = says ? graph.values.value(node) : undefined;
      if (typeof value === 'number' && value >= current && value > 1) return { name, limit: value, kind: 'stated' };
    }
  }
  return undefined;
}

/** `sqlite3.Connection` counts the cursors (and, before 3.11, statements) that it made, and looks for dead ones after as many. */
const SWEPT_BY = 'sqlite3.Connection';
const SWEPT_EVERY = 200;

/**
 * Weak references that a connection of sqlite3 keeps to its cursors. Dead ones stay until it sweeps them, so that the list
 * grows for minutes in a program that is slow: living cursors are what counts, and they have a holder of their own.
 */
function boundOfSweptList(graph: HeapGraph, list: NodeIndex, owners: readonly NodeIndex[]): CollectionBound | undefined {
  const { firstEdge, edgeTarget, types, typeOf, weak } = graph;
  // CPython 3.8: the connection does not show what it holds: its list seems to be held by native code.
  const isSwept =
    owners.length === 0
      ? types.some(({ displayName }) => displayName === SWEPT_BY)
      : owners.some((owner) => types[typeOf[owner]].displayName === SWEPT_BY);
  if (!isSwept) return undefined;
  const entries = new Set(edgeTarget.subarray(firstEdge[list], firstEdge[list + 1]));
  for (const entry of entries) if (graph.language.role(graph, entry) !== 'weak') return undefined;
  let living = 0;
  for (const source of weak.source) if (entries.has(source)) living++;
  const limit = living + SWEPT_EVERY;
  if (entries.size > limit + 1) return undefined;
  return { name: 'sqlite3, which sweeps the references to its dead cursors,', limit, kind: 'runtime' };
}

function speaksOfLimit(name: string, collectionName: string): boolean {
  return LIMIT_WORD.test(name) && shareWord(name, collectionName);
}

/** `_MAXCACHE` is two words; `maxsize` and `maxlen` are one. */
function inWords(name: string): string {
  return name.replace(/(^|_)(max)(?!_|size|len|imum)(?=[a-z])/i, '$1$2_');
}

/** Words of three letters and more; `entries` and `entry` are one. */
function shareWord(one: string, other: string): boolean {
  const words = (name: string): string[] =>
    name
      .toLowerCase()
      .split('_')
      .filter((word) => word.length >= 3 && !LIMIT_WORD.test(word))
      .map((word) => word.replace(/(ies|y|es|s)$/, ''));
  const known = new Set(words(other));
  return words(one).some((word) => known.has(word));
}
