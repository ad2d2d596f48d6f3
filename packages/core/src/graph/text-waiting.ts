import { EdgeKind, labelKind, labelOperand } from './edge-label.ts';
import type { HeapGraph, NodeIndex, SiteFrame } from './heap-graph.ts';
import type { SuspendedFunction } from './language.ts';
import type { ThreadView, Waiter, WaitingState } from './waiting.ts';

/**
 * What waits in a heap that is written as text. Objects of type `task` and `thread` wait, and say on what:
 *
 *   t <waits> f      on an object            t <joins> u     for the end of another
 *   t local x        a variable of the wait  t <in> c        a coroutine in between
 *   t <calls> g      when it ends            t <holds> x     a reference that its own stack has: a `native` root of x stands for each
 *   t <pool> p       whose worker it is      t @ app.py:3 f  where it waits
 *
 * Of a `greenlet` it is not known what wakes it. A `call` carries a task and wakes it, an `alarm` goes off, a `loop` leads
 * everywhere, a `registry` says nothing, and what is behind a type that begins with `foreign` nobody knows.
 */
export function textWaiting(graph: HeapGraph): WaitingState {
  const nodes = Array.from({ length: graph.nodeCount }, (_, node) => node);
  const typeOf = (node: NodeIndex): string => graph.types[graph.typeOf[node]].displayName;
  const ofType = (name: string): NodeIndex[] => nodes.filter((node) => typeOf(node) === name);
  const waiting = nodes.filter((node) => /^(task|thread)$/.test(typeOf(node)) && targets(graph, node, /^<(waits|joins)>$/).length > 0);
  const indexOf = new Map(waiting.map((node, i) => [node, i]));
  const outside = new Map<NodeIndex, number>();
  for (const { kind, node } of graph.roots) if (kind === 'native') outside.set(node, (outside.get(node) ?? 0) + 1);
  return {
    waiters: waiting.map((node): Waiter => ({
      kind: typeOf(node) === 'task' ? 'task' : 'thread',
      id: graph.address[node],
      node,
      ownEdges: edges(graph, node, typeOf(node) === 'task' ? /./ : /^(<.*>|local .*)$/),
      waitsOn: targets(graph, node, /^<waits>$/)[0],
      wakers: ofType('call').filter((call) => targets(graph, call, /./).includes(node)),
      waitsFor: targets(graph, node, /^<joins>$/).flatMap((other) => indexOf.get(other) ?? []),
      holds: targets(graph, node, /^<holds>$/),
      ownRoots: [],
      notifies: targets(graph, node, /^<calls>$/),
      chain: targets(graph, node, /^<in>$/),
      variables: targets(graph, node, /^local /),
      stack: stackOf(graph, node),
      waitText: 'future',
    })),
    threads: ofType('thread').map((node): ThreadView => ({ node, stack: stackOf(graph, node), pool: targets(graph, node, /^<pool>$/)[0] })),
    registries: ofType('registry'),
    alarms: ofType('alarm').flatMap((node) => targets(graph, node, /./)),
    hubs: ofType('loop'),
    unaccounted: nodes.filter((node) => typeOf(node).startsWith('foreign')).map((node) => ({ node, typeName: typeOf(node) })),
    unjudged: ofType('greenlet').length > 0 ? [{ count: ofType('greenlet').length, one: 'greenlet', several: 'greenlets' }] : [],
    outside,
    undecidable: ofType('running').length > 0 ? 'the heap was walked while the program ran' : undefined,
  };
}

/** Objects of type `generator` stand where they have their site. */
export function textSuspension(graph: HeapGraph, node: NodeIndex): SuspendedFunction | undefined {
  const [frame] = stackOf(graph, node);
  if (graph.types[graph.typeOf[node]].displayName !== 'generator' || frame === undefined) return undefined;
  return { kind: 'generator', state: 'suspended', frame };
}

function stackOf(graph: HeapGraph, node: NodeIndex): readonly SiteFrame[] {
  const site = graph.sites.siteOf(node);
  return site < 0 ? [] : graph.sites.frames(site);
}

function edges(graph: HeapGraph, node: NodeIndex, name: RegExp): number[] {
  const found: number[] = [];
  for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++) if (name.test(nameOf(graph, e))) found.push(e);
  return found;
}

function targets(graph: HeapGraph, node: NodeIndex, name: RegExp): NodeIndex[] {
  return edges(graph, node, name).map((edge) => graph.edgeTarget[edge]);
}

/** `<waits>`, `local x`; a dot for all other kinds. */
function nameOf(graph: HeapGraph, edge: number): string {
  const label = graph.edgeLabels.at(edge);
  const kind = labelKind(label);
  if (kind === EdgeKind.local) return `local ${graph.names.text(labelOperand(label))}`;
  return kind === EdgeKind.internal ? graph.names.text(labelOperand(label)) : '.';
}
