import type { HeapGraph } from '../../graph/heap-graph.ts';
import { NO_KIND, type KindId } from './kind-table.ts';

/** Who is told when a knot of this kind goes. */
export interface KindFinalizers {
  /** Members whose class has a finalizer (`__del__`). */
  readonly objects: number;
  /** The same by type, most first. */
  readonly types: readonly { readonly type: number; readonly objects: number }[];
  /** Members that a registered finalizer watches (`weakref.finalize`, FinalizationRegistry). */
  readonly watched: number;
}

/** Looks at each member of a knot once. */
export function finalizersByKind(graph: HeapGraph, kindOfNode: Uint32Array): (kind: KindId) => KindFinalizers {
  const { nodeCount, typeOf, language } = graph;
  const typesByKind = new Map<KindId, Map<number, number>>();
  for (let node = 0; node < nodeCount; node++) {
    const kind = kindOfNode[node];
    if (kind === NO_KIND || !language.hasFinalizer(graph, node)) continue;
    let types = typesByKind.get(kind);
    if (types === undefined) typesByKind.set(kind, (types = new Map<number, number>()));
    types.set(typeOf[node], (types.get(typeOf[node]) ?? 0) + 1);
  }
  const watchedByKind = new Map<KindId, number>();
  for (const { target } of language.finalizers(graph)) {
    const kind = target === undefined ? NO_KIND : kindOfNode[target];
    if (kind !== NO_KIND) watchedByKind.set(kind, (watchedByKind.get(kind) ?? 0) + 1);
  }
  return (kind) => {
    const types = [...(typesByKind.get(kind) ?? [])]
      .map(([type, objects]) => ({ type, objects }))
      .sort((a, b) => b.objects - a.objects || a.type - b.type);
    return { objects: types.reduce((sum, { objects }) => sum + objects, 0), types, watched: watchedByKind.get(kind) ?? 0 };
  };
}
