import type { DominatorTree } from '../dominators/index.ts';
import type { HeapGraph } from '../heap-graph.ts';
import { ownObjectsFrom } from '../own-objects.ts';
import { noProgress, type Progress } from '../progress.ts';
import { Scratch } from '../scratch.ts';
import { NO_GROUP, retainedByGroup } from './retained-by-group.ts';

/**
 * Objects by type, as columns by index into `graph.types`. heaptrail's own objects count nowhere; nor do, as in DevTools,
 * objects without bytes: V8's own tables whose bytes were moved to the object that owns them, and groups of roots.
 */
export interface Histogram {
  readonly objects: Uint32Array;
  readonly shallowBytes: Float64Array;
  /** What the objects of a type retain, none of it twice (`retainedByGroup`). */
  readonly retainedBytes: Float64Array;
  /** Of `objects`, those that nothing holds; they retain nothing here. */
  readonly unreachedObjects: Uint32Array;
  readonly unreachedBytes: Float64Array;
  readonly totalObjects: number;
  readonly totalBytes: number;
  /** Objects without bytes. */
  readonly emptyObjects: number;
  /** heaptrail's own objects. */
  readonly leftOutObjects: number;
  readonly leftOutBytes: number;
}

/** Class histogram with exact retained sizes. O(nodes), 4 bytes a node while it runs and those of `tree.dominated`. */
export function histogram(graph: HeapGraph, tree: DominatorTree, progress: Progress = noProgress, scratch = new Scratch()): Histogram {
  const { nodeCount, shallowBytes: bytesOf } = graph;
  const typeCount = graph.types.length;
  const { number } = tree;
  progress({ step: 'histogram', done: 0, total: 2 });
  const firstOwn = ownObjectsFrom(graph, tree);
  const groupOf = scratch.take(nodeCount);
  groupOf.set(graph.typeOf);
  const objects = new Uint32Array(typeCount);
  const shallowBytes = new Float64Array(typeCount);
  const unreachedObjects = new Uint32Array(typeCount);
  const unreachedBytes = new Float64Array(typeCount);
  let leftOutObjects = 0;
  let leftOutBytes = 0;
  let emptyObjects = 0;
  let totalBytes = 0;
  for (let node = 0; node < nodeCount; node++) {
    const type = groupOf[node];
    const bytes = bytesOf[node];
    if (number[node] >= firstOwn) {
      groupOf[node] = NO_GROUP;
      leftOutObjects++;
      leftOutBytes += bytes;
      continue;
    }
    if (bytes === 0) {
      groupOf[node] = NO_GROUP;
      emptyObjects++;
      continue;
    }
    objects[type]++;
    shallowBytes[type] += bytes;
    totalBytes += bytes;
    if (number[node] !== 0) continue;
    unreachedObjects[type]++;
    unreachedBytes[type] += bytes;
  }
  progress({ step: 'histogram', done: 1, total: 2 });
  const retainedBytes = retainedByGroup(tree, groupOf, typeCount);
  scratch.give(groupOf);
  const totalObjects = nodeCount - leftOutObjects - emptyObjects;
  return {
    objects,
    shallowBytes,
    retainedBytes,
    unreachedObjects,
    unreachedBytes,
    totalObjects,
    totalBytes,
    emptyObjects,
    leftOutObjects,
    leftOutBytes,
  };
}

export interface HistogramRow {
  readonly type: number;
  readonly name: string;
  readonly objects: number;
  readonly shallowBytes: number;
  readonly retainedBytes: number;
  readonly unreachedObjects: number;
  readonly unreachedBytes: number;
}

export interface HistogramRows {
  readonly rows: readonly HistogramRow[];
  /** What the rows do not show. Retained sizes are no sum, and so not here. */
  readonly rest: { readonly types: number; readonly objects: number; readonly shallowBytes: number };
}

/** The `limit` types with most of something, for those who read; ties go to the name. */
export function histogramRows(
  graph: HeapGraph,
  found: Histogram,
  limit: number,
  order: 'retainedBytes' | 'shallowBytes' | 'objects' = 'retainedBytes',
): HistogramRows {
  const by = found[order];
  const types = Array.from(found.objects.keys())
    .filter((type) => found.objects[type] > 0)
    .sort((a, b) => by[b] - by[a] || compare(graph.types[a].displayName, graph.types[b].displayName) || a - b);
  const rest = { types: 0, objects: 0, shallowBytes: 0 };
  for (const type of types.slice(limit)) {
    rest.types++;
    rest.objects += found.objects[type];
    rest.shallowBytes += found.shallowBytes[type];
  }
  const rows = types.slice(0, limit).map((type) => ({
    type,
    name: graph.types[type].displayName,
    objects: found.objects[type],
    shallowBytes: found.shallowBytes[type],
    retainedBytes: found.retainedBytes[type],
    unreachedObjects: found.unreachedObjects[type],
    unreachedBytes: found.unreachedBytes[type],
  }));
  return { rows, rest };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
