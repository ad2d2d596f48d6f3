import { EdgeKind, edgeLabel, labelKind } from '../../../graph/edge-label.ts';
import { EdgeFlag } from '../../../graph/edge-flags.ts';
import type { HeapGraph, NodeIndex } from '../../../graph/heap-graph.ts';
import type { Waiter } from '../../../graph/waiting.ts';
import type { PythonFacts } from '../python-facts.ts';
import { attributesOf } from '../python-finalizers.ts';
import { awaitChain } from './await-chain.ts';
import type { NamedReferences } from './named-references.ts';

/** asyncio's task in Python (`asyncio.tasks._PyTask`), whose attributes are in its `__dict__`. */
const TASK_IN_PYTHON = 'asyncio.tasks.Task';
/** Callables that carry a task: `task.cancel`, the wake-up that a future calls. Type names differ from version to version. */
const BOUND_TYPE =
  /^(method|builtin_function_or_method|builtin_method|(_asyncio\.)?TaskStepMethWrapper|(_asyncio\.)?TaskWakeupMethWrapper)$/;
const CONTEXT = /^(_contextvars\.)?Context$/;

/** Tasks of asyncio that wait on a future, whatever the event loop. `waiting` are the references by the name `_fut_waiter`. */
export function taskWaiters(graph: HeapGraph, facts: PythonFacts, waiting: NamedReferences): Waiter[] {
  const futureByTask = new Map(waiting.owners.map((task, i) => [task, waiting.targets[i]]));
  const inPython = graph.types.findIndex(({ displayName }) => displayName === TASK_IN_PYTHON);
  if (inPython >= 0) {
    graph.typeOf.forEach((type, task) => {
      const future = type === inPython ? attributesOf(graph, task).get('_fut_waiter') : undefined;
      if (future !== undefined) futureByTask.set(task, future);
    });
  }
  const isNone = (node: NodeIndex): boolean => graph.types[graph.typeOf[node]].displayName === 'NoneType';
  const tasks = [...futureByTask].filter(([, future]) => !isNone(future)).sort(([a], [b]) => a - b);
  const wakers = boundTo(graph, new Set(tasks.map(([task]) => task)));
  return tasks.map(([task, future]): Waiter => {
    const coroutine = attributesOf(graph, task).get('_coro');
    const chain = coroutine === undefined ? undefined : awaitChain(graph, facts, coroutine);
    return {
      kind: 'task',
      id: graph.address[task],
      node: task,
      ownEdges: Array.from({ length: graph.firstEdge[task + 1] - graph.firstEdge[task] }, (_, i) => graph.firstEdge[task] + i),
      waitsOn: future,
      wakers: wakers.get(task) ?? [],
      waitsFor: [],
      holds: [],
      ownRoots: [],
      notifies: notified(graph, task),
      chain: chain?.nodes ?? [],
      variables: chain?.variables ?? [],
      stack: chain?.stack ?? [],
      waitText: graph.types[graph.typeOf[future]].displayName,
    };
  });
}

/** Callables bound to one of these objects, by object. */
function boundTo(graph: HeapGraph, tasks: ReadonlySet<NodeIndex>): ReadonlyMap<NodeIndex, readonly NodeIndex[]> {
  const { nodeCount, typeOf, firstEdge, edgeTarget } = graph;
  const found = new Map<NodeIndex, NodeIndex[]>();
  if (tasks.size === 0) return found;
  const isBound = Uint8Array.from(graph.types, ({ displayName }) => Number(BOUND_TYPE.test(displayName)));
  for (let node = 0; node < nodeCount; node++) {
    if (isBound[typeOf[node]] === 0) continue;
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
      const task = edgeTarget[e];
      if (!tasks.has(task)) continue;
      const known = found.get(task);
      if (known === undefined) found.set(task, [node]);
      else known.push(node);
    }
  }
  return found;
}

/** What a task refers to under no name but its context: the callbacks to call when it is done. */
function notified(graph: HeapGraph, task: NodeIndex): NodeIndex[] {
  const { firstEdge, edgeTarget, edgeFlags, edgeLabels } = graph;
  const unnamed = edgeLabel(EdgeKind.internal, graph.names.intern(''));
  const found: NodeIndex[] = [];
  for (let e = firstEdge[task]; e < firstEdge[task + 1]; e++) {
    const label = edgeLabels.at(e);
    if ((edgeFlags[e] & EdgeFlag.describes) !== 0 || (label !== unnamed && labelKind(label) !== EdgeKind.attribute)) continue;
    if (!CONTEXT.test(graph.types[graph.typeOf[edgeTarget[e]]].displayName)) found.push(edgeTarget[e]);
  }
  return found;
}
