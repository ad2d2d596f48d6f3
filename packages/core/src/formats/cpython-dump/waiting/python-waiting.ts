import type { HeapGraph, NodeIndex } from '../../../graph/heap-graph.ts';
import type { WaitingState } from '../../../graph/waiting.ts';
import type { PythonFacts } from '../python-facts.ts';
import { attributesOf } from '../python-finalizers.ts';
import { alarms } from './alarms.ts';
import { namedReferences, type NamedReferences } from './named-references.ts';
import { nativeObjects } from './native-types.ts';
import { taskWaiters } from './task-waiters.ts';
import { threadViews } from './thread-views.ts';
import { threadWaiters } from './thread-waiters.ts';
import { threadingObjects } from './threading-objects.ts';
import { unjudgedWaiters } from './unjudged-waiters.ts';

const NONE: NamedReferences = { owners: [], targets: [] };

/** Tasks and threads of a Python process that wait, what can wake them, and what of the interpreter says nothing of that. */
export function pythonWaiting(graph: HeapGraph, facts: PythonFacts): WaitingState {
  const { activity } = facts;
  const references = namedReferences(graph, ['_fut_waiter', '_coro', '_loop', '_callback', '_args']);
  const named = (name: string): NamedReferences => references.get(name) ?? NONE;
  const threading = threadingObjects(graph);
  const tasks = taskWaiters(graph, facts, named('_fut_waiter'));
  const hubs = eventLoops(graph, named('_loop'));
  return {
    waiters: [...tasks, ...threadWaiters(graph, facts, threading, tasks.length)],
    threads: threadViews(graph, facts, threading.threadById),
    // What a loop lists of asynchronous generators is there to close them when it ends.
    registries: [...threading.registries, ...[...hubs].flatMap((loop) => attributesOf(graph, loop).get('_asyncgens') ?? [])],
    alarms: alarms(graph, named('_callback'), named('_args'), hubs),
    hubs: [...hubs],
    unaccounted: nativeObjects(graph, facts),
    unjudged: unjudgedWaiters(graph, facts, [...named('_coro').targets, ...tasks.flatMap(({ chain }) => chain)]),
    outside: activity.outside,
    undecidable: activity.uncounted,
  };
}

/** What tasks and scheduled calls of asyncio have for a loop, whatever it is made of. */
function eventLoops({ types, typeOf }: HeapGraph, { owners, targets }: NamedReferences): ReadonlySet<NodeIndex> {
  const isAsyncio = types.map(({ module }) => module === '_asyncio' || module.startsWith('asyncio.'));
  return new Set(targets.filter((_, i) => isAsyncio[typeOf[owners[i]]]));
}
