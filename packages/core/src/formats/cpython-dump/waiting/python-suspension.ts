import type { HeapGraph, NodeIndex, SiteFrame } from '../../../graph/heap-graph.ts';
import type { SuspendedFunction } from '../../../graph/language.ts';
import type { PythonFacts } from '../python-facts.ts';
import type { Suspension } from '../suspended-column.ts';

const KIND_BY_TYPE: ReadonlyMap<string, SuspendedFunction['kind']> = new Map([
  ['generator', 'generator'],
  ['coroutine', 'coroutine'],
  ['async_generator', 'async generator'],
]);

/** Where a generator or coroutine stands; undefined for what is none, or has ended. */
export function pythonSuspension(graph: HeapGraph, facts: PythonFacts, node: NodeIndex): SuspendedFunction | undefined {
  const kind = KIND_BY_TYPE.get(graph.types[graph.typeOf[node]].displayName);
  const found = kind === undefined ? undefined : facts.activity.suspended.of(node);
  return kind === undefined || found === undefined ? undefined : { kind, state: found.state, frame: frameAt(graph, facts, found) };
}

export function frameAt(graph: HeapGraph, facts: PythonFacts, { code, line }: Suspension): SiteFrame {
  const entry = code === undefined ? undefined : facts.code.byAddress(graph.address[code]);
  return { function: entry?.[4] ?? '?', file: entry?.[1] ?? '?', line };
}
