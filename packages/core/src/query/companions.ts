import type { Growth, GrowthResult } from '../evidence/growth/index.ts';
import type { WaiterResult } from '../evidence/waiters/index.ts';
import { ROOT } from '../graph/breadth-first.ts';
import type { NodeIndex } from '../graph/heap-graph.ts';
import type { Finding } from '../report/index.ts';

/** A growth that became a finding, with the keys of the groups of waiters that it consists of. */
export interface FoundGrowth {
  readonly finding: Finding;
  readonly growth: Growth;
  readonly groups: readonly string[];
}

/** Objects looked at to say what a growth consists of. */
const MOST_LOOKED_AT = 200;
const MOST = 0.8;
const HALF_MADE = 2;

/** Growths without those that only go with another one: one leak is one finding. */
export function withoutCompanions(
  found: readonly FoundGrowth[],
  heap: GrowthResult['heap'],
  waiters: WaiterResult,
): readonly FoundGrowth[] {
  return withoutNativeCompanions(oneForEachCluster(found, waiters)).filter(
    (each) => each.groups.length > 0 || !goesWithWaiters(each, heap, waiters),
  );
}

/** Of growths that consist of waiters which wait for each other, the one with those that all others wait for. */
function oneForEachCluster(found: readonly FoundGrowth[], { groups }: WaiterResult): readonly FoundGrowth[] {
  const clusterOf = new Map(groups.map(({ key, cluster }) => [key, cluster]));
  const speaksOf = (each: FoundGrowth): readonly string[] => each.groups.filter((key) => clusterOf.get(key) === key);
  return found.filter((each) => {
    const clusters = new Set(each.groups.map((key) => clusterOf.get(key)));
    if (clusters.size === 0 || speaksOf(each).length > 0) return true;
    return !found.some((other) => other !== each && speaksOf(other).some((key) => clusters.has(key)));
  });
}

/**
 * What native code keeps for objects of the program goes with them and is no leak of its own: it is made at their line (a
 * buffer inside a file object), or there are exactly as many of it in every dump (the exception that each thread of a pool is
 * at), or as many more of it, made at a line of their stack (the buffer of a stream that is handed to what stays).
 */
function withoutNativeCompanions(found: readonly FoundGrowth[]): readonly FoundGrowth[] {
  const counts = ({ growth }: FoundGrowth): string => growth.counts.join();
  const heldByName = ({ finding }: FoundGrowth): boolean => finding.heldBy.length > 1;
  const named = found.filter(heldByName);
  const lines = new Set(named.map(lineOf));
  const series = new Set(named.map(counts));
  return found.filter((each) => {
    if (heldByName(each) || series.has(counts(each))) return heldByName(each);
    const line = lineOf(each);
    return line === '' || !(lines.has(line) || named.some((other) => isInStep(each, other) && passesThrough(other, line)));
  });
}

/** Innermost line; empty where it is not known. */
function lineOf({ finding: { allocated } }: FoundGrowth): string {
  return allocated[0] === undefined ? '' : lineText(allocated[0]);
}

function passesThrough({ finding: { allocated } }: FoundGrowth, line: string): boolean {
  return allocated.some((frame) => lineText(frame) === line);
}

function lineText({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}

/** As many more in every dump, but for what was half made when a dump was taken. */
function isInStep({ growth: { counts: a } }: FoundGrowth, { growth: { counts: b } }: FoundGrowth): boolean {
  if (a.length !== b.length) return false;
  const apart = a.map((count, dump) => count - b[dump]);
  return Math.max(...apart) - Math.min(...apart) <= HALF_MADE;
}

/** Variables of threads that never end, and weak references to tasks that never wake: these waiters are a finding already. */
function goesWithWaiters({ growth }: FoundGrowth, { graph, walk }: GrowthResult['heap'], { groups }: WaiterResult): boolean {
  const never = groups.filter(({ verdict, isParked }) => verdict === 'never' && !isParked).flatMap(({ members }) => members);
  if (never.length === 0) return false;
  const ownRoots = new Set(never.flatMap(({ waiter }) => waiter.ownRoots));
  const objects = new Set(never.flatMap(({ waiter }) => waiter.node ?? []));
  const watched = new Map<NodeIndex, NodeIndex>();
  graph.weak.source.forEach((source, i) => watched.set(source, graph.weak.target[i]));
  const nodes = [...growth.concrete.newNodes.values()].flat().slice(0, MOST_LOOKED_AT);
  const going = nodes.filter((node) => {
    const target = watched.get(node);
    if (target !== undefined && objects.has(target)) return true;
    let at = node;
    while (walk.parent[at] >= 0) at = walk.parent[at]!;
    return walk.parent[at] === ROOT && ownRoots.has(walk.rootIndex[at]);
  });
  return nodes.length > 0 && going.length >= MOST * nodes.length;
}
