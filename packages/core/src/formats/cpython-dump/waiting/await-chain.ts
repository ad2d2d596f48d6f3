import { EdgeKind, labelKind } from '../../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex, SiteFrame } from '../../../graph/heap-graph.ts';
import type { PythonFacts } from '../python-facts.ts';
import { frameAt } from './python-suspension.ts';

/** What stands between a task and what it waits on. */
export interface AwaitChain {
  /** Innermost first. */
  readonly stack: readonly SiteFrame[];
  /** Coroutines, generators and their frames. */
  readonly nodes: readonly NodeIndex[];
  /** What variables of the program's own functions refer to. */
  readonly variables: readonly NodeIndex[];
}

const MOST_DEEP = 1000;

/** Follows a coroutine along what each has handed over to, to the last that is none. */
export function awaitChain(graph: HeapGraph, facts: PythonFacts, coroutine: NodeIndex): AwaitChain {
  const { suspended } = facts.activity;
  const outermostFirst: SiteFrame[] = [];
  const nodes: NodeIndex[] = [];
  const variables: NodeIndex[] = [];
  let at: NodeIndex | undefined = coroutine;
  while (at !== undefined && nodes.length < MOST_DEEP && !nodes.includes(at)) {
    nodes.push(at);
    const suspension = suspended.of(at);
    if (suspension === undefined) {
      // An awaitable of C in between: `asend` of an asynchronous generator, the wrapper around a coroutine.
      at = references(graph, at).find((target) => suspended.of(target) !== undefined);
      continue;
    }
    const frame = frameAt(graph, facts, suspension);
    outermostFirst.push(frame);
    const holder = frameOf(graph, at) ?? at;
    if (holder !== at) nodes.push(holder);
    if (!graph.language.isLibraryFrame(frame)) variables.push(...locals(graph, holder));
    at = suspension.awaits;
  }
  return { stack: outermostFirst.reverse(), nodes, variables };
}

/** Before 3.11 the frame is an object of its own, and has the variables. */
function frameOf(graph: HeapGraph, node: NodeIndex): NodeIndex | undefined {
  return references(graph, node).find((target) => graph.types[graph.typeOf[target]].displayName === 'frame');
}

function locals(graph: HeapGraph, node: NodeIndex): NodeIndex[] {
  const found: NodeIndex[] = [];
  for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++)
    if (labelKind(graph.edgeLabels.at(e)) === EdgeKind.local) found.push(graph.edgeTarget[e]);
  return found;
}

function references(graph: HeapGraph, node: NodeIndex): readonly NodeIndex[] {
  return [...graph.edgeTarget.subarray(graph.firstEdge[node], graph.firstEdge[node + 1])];
}
