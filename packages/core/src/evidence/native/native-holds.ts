import { placeOf } from '../../graph/bisection.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';

/** What native code holds of one type. */
export interface NativeHold {
  /** As its language writes it. */
  readonly type: string;
  /** Objects with such references. */
  readonly objects: number;
  /** References that no object of the heap accounts for, of all of them together. */
  readonly references: number;
}

/** References from outside of each of these objects; 0 where there are none. Undefined where the runtime does not count. Binary search in the sparse column. */
export function outsideReferences({ outside }: HeapGraph, nodes: readonly NodeIndex[]): readonly number[] | undefined {
  if (outside === undefined) return undefined;
  return nodes.map((node) => outside.references[placeOf(outside.node, node)] ?? 0);
}

/** By type, most references first. Linear in the objects held from outside. Undefined where the runtime does not count. */
export function nativeHolds(graph: HeapGraph): readonly NativeHold[] | undefined {
  const { outside } = graph;
  if (outside === undefined) return undefined;
  const byType = new Map<string, { objects: number; references: number }>();
  outside.node.forEach((node, i) => {
    const type = graph.types[graph.typeOf[node]].displayName;
    const row = byType.get(type) ?? { objects: 0, references: 0 };
    row.objects++;
    row.references += outside.references[i];
    byType.set(type, row);
  });
  return [...byType].map(([type, row]) => ({ type, ...row })).sort((a, b) => b.references - a.references || (a.type < b.type ? -1 : 1));
}
