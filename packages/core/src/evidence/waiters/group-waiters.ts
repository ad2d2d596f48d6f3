import type { HeapGraph, SiteFrame } from '../../graph/heap-graph.ts';
import type { JudgedWaiter } from './judged-waiter.ts';

/** Waiters of one kind and verdict that wait at one line of the program. */
export interface WaiterGroup {
  /** The same in every heap of a process: kind, type and line. */
  readonly key: string;
  readonly kind: JudgedWaiter['waiter']['kind'];
  readonly verdict: JudgedWaiter['verdict'];
  /** As its language writes it; of threads without an object the kind. */
  readonly typeName: string;
  /** In the order of the heap. */
  readonly members: readonly JudgedWaiter[];
  /** The innermost function of the program in the wait, or the innermost of all. */
  readonly site: SiteFrame | undefined;
  /** Of the first member, innermost first. */
  readonly stack: readonly SiteFrame[];
  /** True when nobody was ever meant to wake any of them. */
  readonly isParked: boolean;
}

/** Groups waiters by where they wait, the largest group first. */
export function groupWaiters(graph: HeapGraph, waiters: readonly JudgedWaiter[]): readonly WaiterGroup[] {
  const groups = new Map<string, JudgedWaiter[]>();
  for (const judged of waiters) {
    const key = keyOf(graph, judged);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [judged]);
    else known.push(judged);
  }
  return Array.from(groups, ([key, members]): WaiterGroup => {
    const [{ waiter, verdict }] = members;
    return {
      key,
      kind: waiter.kind,
      verdict,
      typeName: typeName(graph, members[0]),
      members,
      site: siteOf(graph, waiter.stack),
      stack: waiter.stack,
      isParked: members.every((member) => member.isParked),
    };
  }).sort((a, b) => b.members.length - a.members.length || (a.key < b.key ? -1 : 1));
}

function keyOf(graph: HeapGraph, judged: JudgedWaiter): string {
  const { waiter, verdict } = judged;
  const site = siteOf(graph, waiter.stack);
  return [verdict, waiter.kind, typeName(graph, judged), site?.file, site?.line, site?.function].join('\n');
}

function siteOf(graph: HeapGraph, stack: readonly SiteFrame[]): SiteFrame | undefined {
  return stack.find((frame) => !graph.language.isLibraryFrame(frame)) ?? stack[0];
}

function typeName(graph: HeapGraph, { waiter: { node, kind } }: JudgedWaiter): string {
  return node === undefined ? kind : graph.types[graph.typeOf[node]].displayName;
}
