import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { Waiter } from '../../graph/waiting.ts';
import type { WaiterGroup } from './group-waiters.ts';
import type { WaiterJudgement } from './judged-waiter.ts';

/** Groups among which it is asked who waits for whom; each of any more is a cluster of its own. */
const MOST_GROUPS = 64;

/**
 * Groups of waiters that never wake and are one leak: waking those of one would wake those of another, as the end of a task
 * wakes who awaits it. For each key the key of the group to speak of: one that no other would wake, the largest of several.
 * Looks at what these waiters alone hold, once for each group.
 */
export function clusterKeys(graph: HeapGraph, judgement: WaiterJudgement, groups: readonly WaiterGroup[]): ReadonlyMap<string, string> {
  const never = groups.filter(({ verdict }) => verdict === 'never').slice(0, MOST_GROUPS);
  const woken = wakes(graph, judgement, never);
  const cluster = never.map((_, i) => i);
  const top = (i: number): number => (cluster[i] === i ? i : (cluster[i] = top(cluster[i])));
  woken.forEach((others, i) => {
    for (const other of others) cluster[top(other)] = top(i);
  });
  const speaker = new Map<number, number>();
  const isWoken = never.map((_, i) => woken.some((others, other) => other !== i && others.has(i)));
  // Groups come in order of size: of equals the first stays.
  never.forEach((_, i) => {
    const known = speaker.get(top(i));
    if (known === undefined || (isWoken[known] && !isWoken[i])) speaker.set(top(i), i);
  });
  return new Map(never.map(({ key }, i) => [key, never[speaker.get(top(i))!].key]));
}

/** For each group the others some of which would wake if all of its members did. */
function wakes(graph: HeapGraph, { waiters, isReached }: WaiterJudgement, groups: readonly WaiterGroup[]): ReadonlySet<number>[] {
  const groupOf = new Map<Waiter, number>();
  groups.forEach(({ members }, i) => {
    for (const { waiter } of members) groupOf.set(waiter, i);
  });
  const sleeping = waiters.map(({ waiter }) => waiter);
  const objects = new Set<NodeIndex>([...groupOf.keys()].flatMap(({ node }) => node ?? []));
  return groups.map(({ members }, i) => {
    const seen = reachedBy(
      graph,
      members.map(({ waiter }) => waiter),
      objects,
      isReached,
    );
    const woken = new Set<number>();
    for (const [waiter, group] of groupOf) {
      const isFor = waiter.waitsFor.some((other) => groupOf.get(sleeping[other]) === i);
      if (group !== i && (isFor || (waiter.waitsOn !== undefined && seen.has(waiter.waitsOn)))) woken.add(group);
    }
    return woken;
  });
}

/** What waiters reach that nothing that runs does, with their own objects; those of other waiters are not entered, nor met. */
function reachedBy(
  { firstEdge, edgeTarget, edgeFlags }: HeapGraph,
  waiters: readonly Waiter[],
  objects: ReadonlySet<NodeIndex>,
  isReached: (node: NodeIndex) => boolean,
): ReadonlySet<NodeIndex> {
  const seen = new Set<NodeIndex>();
  const meet = (node: NodeIndex): void => {
    if (!isReached(node) && !objects.has(node)) seen.add(node);
  };
  for (const { holds, ownEdges } of waiters) {
    holds.forEach(meet);
    for (const edge of ownEdges) meet(edgeTarget[edge]);
  }
  for (const node of seen)
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) if ((edgeFlags[e] & EdgeFlag.weak) === 0) meet(edgeTarget[e]);
  for (const { node } of waiters) if (node !== undefined) seen.add(node);
  return seen;
}
