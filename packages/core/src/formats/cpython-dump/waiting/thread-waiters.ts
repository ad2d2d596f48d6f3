import { EdgeKind, edgeLabel, labelKind, labelOperand } from '../../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex, SiteFrame } from '../../../graph/heap-graph.ts';
import type { Waiter } from '../../../graph/waiting.ts';
import type { PythonFacts } from '../python-facts.ts';
import { attributesOf } from '../python-finalizers.ts';
import type { ThreadFacts } from '../thread-facts.ts';
import type { ThreadingObjects } from './threading-objects.ts';

/** The function of `threading` that a new thread begins in: its bound method is what the thread itself holds. */
const BEGINNING = '_bootstrap';

/**
 * Threads that wait for a lock, a queue or another thread without a limit in time, and of which it is known what they hold.
 * The main thread is none: signals wake it. `first` is the index that the first of them will have.
 */
export function threadWaiters(graph: HeapGraph, facts: PythonFacts, { threadById, idByEnd }: ThreadingObjects, first: number): Waiter[] {
  let waiting = facts.activity.threads.filter(
    (thread) => !thread.isMain && thread.waitsOn !== undefined && thread.frames.every(({ holds }) => holds !== undefined),
  );
  // Who waits for the end of a thread that is not known to wait has somebody who will wake it; and so on.
  for (let known = -1; known !== waiting.length;) {
    known = waiting.length;
    const ids = new Set(waiting.map(({ id }) => id));
    waiting = waiting.filter((thread) => {
      const awaited = idByEnd.get(thread.waitsOn!);
      return awaited === undefined ? thread.waitsIn !== 'Thread.join' : ids.has(awaited);
    });
  }
  const indexById = new Map(waiting.map(({ id }, i) => [id, first + i]));
  const ownRoots = variableRoots(graph, new Set(indexById.keys()));
  const beginnings = beginningsByThread(graph, facts);
  return waiting.map((thread): Waiter => {
    const node = threadById.get(thread.id);
    const awaited = idByEnd.get(thread.waitsOn!);
    const beginning = node === undefined ? undefined : beginnings.get(node);
    return {
      kind: 'thread',
      id: thread.id,
      node,
      ownEdges: node === undefined ? [] : startedWith(graph, node),
      waitsOn: awaited === undefined ? thread.waitsOn : undefined,
      wakers: [],
      waitsFor: awaited === undefined ? [] : [indexById.get(awaited)!],
      holds: [...thread.frames.flatMap(({ holds }) => holds ?? []), ...(beginning === undefined ? [] : [beginning])],
      ownRoots: ownRoots.get(thread.id) ?? [],
      notifies: [],
      chain: [],
      variables: thread.frames
        .filter((frame) => !graph.language.isLibraryFrame(frame))
        .flatMap(({ locals }) => locals.map(([, each]) => each)),
      stack: stackOf(facts, thread),
      waitText: awaited === undefined ? (thread.waitsIn ?? '?') : 'Thread.join',
    };
  });
}

export function stackOf(facts: PythonFacts, { frames }: ThreadFacts): readonly SiteFrame[] {
  return frames.map(({ function: name, file, line }) => {
    const qualified = facts.code.functionAt(file, line);
    return { function: qualified.split('.').at(-1) === name ? qualified : name, file, line };
  });
}

/** Attributes of a thread's object that its `run` alone reads. Of a subclass one cannot know: its methods may use them. */
const PLAIN_THREAD = 'threading.Thread';
const STARTED_WITH: ReadonlySet<string> = new Set(['_target', '_args', '_kwargs']);

/** References to these, in the object itself or in its table. */
function startedWith(graph: HeapGraph, thread: NodeIndex): number[] {
  const { firstEdge, edgeLabels, edgeTarget, names, texts } = graph;
  if (graph.types[graph.typeOf[thread]].displayName !== PLAIN_THREAD) return [];
  const table = edgeLabel(EdgeKind.internal, names.intern('__dict__'));
  const found: number[] = [];
  const look = (node: NodeIndex, isTable: boolean): void => {
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
      const label = edgeLabels.at(e);
      const kind = labelKind(label);
      const name =
        kind === EdgeKind.attribute ? names.text(labelOperand(label)) : kind === EdgeKind.key ? texts.text(labelOperand(label)) : undefined;
      if (name !== undefined && STARTED_WITH.has(name)) found.push(e);
      if (label === table && !isTable) look(edgeTarget[e], true);
    }
  };
  look(thread, false);
  return found;
}

/** Indices of the roots that are variables of these threads. */
function variableRoots({ roots }: HeapGraph, ids: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  roots.forEach((root, i) => {
    const id = root.kind === 'frame' ? root.frame.threadId : undefined;
    if (id === undefined || !ids.has(id)) return;
    const known = found.get(id);
    if (known === undefined) found.set(id, [i]);
    else known.push(i);
  });
  return found;
}

/** The bound method that a thread was started with, by the object of the thread. Only where nobody else holds it too. */
function beginningsByThread(graph: HeapGraph, facts: PythonFacts): ReadonlyMap<NodeIndex, NodeIndex> {
  const found = new Map<NodeIndex, NodeIndex>();
  for (const [node, count] of facts.activity.outside) {
    if (count !== 1 || graph.types[graph.typeOf[node]].displayName !== 'method') continue;
    const attributes = attributesOf(graph, node);
    const called = attributes.get('__func__');
    const thread = attributes.get('__self__');
    if (called === undefined || thread === undefined) continue;
    const code = attributesOf(graph, called).get('__code__');
    const entry = code === undefined ? undefined : facts.code.byAddress(graph.address[code]);
    if (entry?.[4].split('.').at(-1) === BEGINNING && graph.language.isLibraryFrame({ function: '', file: entry[1], line: 0 }))
      found.set(thread, node);
  }
  return found;
}
