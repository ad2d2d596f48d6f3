import type { HeapGraph, NodeIndex } from '../../../graph/heap-graph.ts';
import { attributesOf } from '../python-finalizers.ts';

/** What the standard library keeps of threads, for itself. */
export interface ThreadingObjects {
  /** Objects of `threading.Thread` and its subclasses, by the number of their thread. */
  readonly threadById: ReadonlyMap<number, NodeIndex>;
  /** What is waited on until a thread ends, by object: to the thread's number. */
  readonly idByEnd: ReadonlyMap<NodeIndex, number>;
  /** Tables of all threads, and of what is to be called when the interpreter ends. */
  readonly registries: readonly NodeIndex[];
}

/** Names in modules that hold such tables. */
const REGISTRIES: readonly (readonly [module: string, names: readonly string[]])[] = [
  ['threading', ['_active', '_limbo', '_dangling', '_shutdown_locks']],
  ['concurrent.futures.thread', ['_threads_queues']],
];

export function threadingObjects(graph: HeapGraph): ThreadingObjects {
  const threadById = new Map<number, NodeIndex>();
  const idByEnd = new Map<NodeIndex, number>();
  const registries: NodeIndex[] = [];
  for (const [module, names] of REGISTRIES) {
    const root = graph.roots.find(({ kind, name }) => kind === 'module' && name === module);
    const attributes = root === undefined ? new Map<string, NodeIndex>() : attributesOf(graph, root.node);
    registries.push(...names.flatMap((name) => attributes.get(name) ?? []));
    const active = module === 'threading' ? attributes.get('_active') : undefined;
    if (active === undefined) continue;
    for (const thread of graph.edgeTarget.subarray(graph.firstEdge[active], graph.firstEdge[active + 1])) {
      const own = attributesOf(graph, thread);
      const ident = own.get('_ident');
      const id = ident === undefined ? undefined : graph.values.value(ident);
      if (typeof id !== 'number') continue;
      threadById.set(id, thread);
      for (const name of ['_tstate_lock', '_handle']) {
        const end = own.get(name);
        if (end !== undefined && graph.types[graph.typeOf[end]].displayName !== 'NoneType') idByEnd.set(end, id);
      }
    }
  }
  return { threadById, idByEnd, registries };
}
