import type { HeapGraph, NodeIndex } from '../../../graph/heap-graph.ts';
import type { ThreadView } from '../../../graph/waiting.ts';
import type { PythonFacts } from '../python-facts.ts';
import type { ThreadFacts, ThreadFrame } from '../thread-facts.ts';
import { stackOf } from './thread-waiters.ts';

/** Where the standard library's pools keep their threads: the file and the function, and the variable that tells pools apart. */
interface PoolFunction {
  readonly file: string;
  readonly function: string;
  readonly pool: string;
}

const POOL_FUNCTIONS: readonly PoolFunction[] = [
  { file: '/concurrent/futures/thread.py', function: '_worker', pool: 'executor_reference' },
  { file: '/concurrent/futures/process.py', function: 'run', pool: 'self' },
  { file: '/multiprocessing/pool.py', function: '_handle_workers', pool: 'cache' },
  { file: '/multiprocessing/pool.py', function: '_handle_tasks', pool: 'cache' },
  { file: '/multiprocessing/pool.py', function: '_handle_results', pool: 'cache' },
  { file: '/multiprocessing/pool.py', function: 'worker', pool: 'inqueue' },
];

/** Threads that an object of `threading` stands for, with the pools of the standard library that they work for. */
export function threadViews(graph: HeapGraph, facts: PythonFacts, threadById: ReadonlyMap<number, NodeIndex>): ThreadView[] {
  return facts.activity.threads.flatMap((thread): ThreadView[] => {
    const node = threadById.get(thread.id);
    return node === undefined ? [] : [{ node, stack: stackOf(facts, thread), pool: poolOf(graph, thread) }];
  });
}

function poolOf(graph: HeapGraph, { frames }: ThreadFacts): NodeIndex | undefined {
  for (const frame of frames) {
    const known = POOL_FUNCTIONS.find((each) => each.function === frame.function && frame.file.endsWith(each.file));
    const local = known === undefined ? undefined : localOf(frame, known.pool);
    if (local !== undefined) return referentOf(graph, local) ?? local;
  }
  return undefined;
}

function localOf({ locals }: ThreadFrame, name: string): NodeIndex | undefined {
  return locals.find(([own]) => own === name)?.[1];
}

function referentOf({ weak }: HeapGraph, node: NodeIndex): NodeIndex | undefined {
  const at = weak.source.indexOf(node);
  return at < 0 ? undefined : weak.target[at];
}
