import type { HeapGraph, NodeIndex } from '../../../graph/heap-graph.ts';
import type { WaitingState } from '../../../graph/waiting.ts';
import type { PythonFacts } from '../python-facts.ts';
import { alarms } from './alarms.ts';
import { namedReferences, type NamedReferences } from './named-references.ts';
import { nativeObjects } from './native-types.ts';
import { taskWaiters } from './task-waiters.ts';
import { threadViews } from './thread-views.ts';
import { threadWaiters } from './thread-waiters.ts';
import { threadingObjects } from './threading-objects.ts';

const NONE: NamedReferences = { owners: [], targets: [] };

/** Tasks and threads of a Python process that wait, what can wake them, and what of the interpreter says nothing of that. */
export function pythonWaiting(graph: HeapGraph, facts: PythonFacts): WaitingState {
  const { activity } = facts;
  const references = namedReferences(graph, ['_fut_waiter', '_loop', '_callback', '_args']);
  const named = (name: string): NamedReferences => references.get(name) ?? NONE;
  const threading = threadingObjects(graph);
  const tasks = taskWaiters(graph, facts, named('_fut_waiter'));
  const hubs = eventLoops(graph, named('_loop'));
  return {
    waiters: [...tasks, ...threadWaiters(graph, facts, threading, tasks.length)],
    threads: threadViews(graph, facts, threading.threadById),
    registries: threading.registries,
    alarms: alarms(graph, named('_callback'), named('_args'), hubs),
    hubs: [...hubs],
    unaccounted: nativeObjects(graph, facts),
    outside: activity.outside,
    undecidable: activity.uncounted,
  };
}

/** What tasks and scheduled calls of asyncio have for a loop, whatever it is made of. */
function eventLoops({ types, typeOf }: HeapGraph, { owners, targets }: NamedReferences): ReadonlySet<NodeIndex> {
  const isAsyncio = types.map(({ module }) => module === '_asyncio' || module.startsWith('asyncio.'));
  return new Set(targets.filter((_, i) => isAsyncio[typeOf[owners[i]]]));
}
