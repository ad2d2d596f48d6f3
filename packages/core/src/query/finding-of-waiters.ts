import { joinSites, NAMING_SHARE } from '../evidence/join/allocation-join.ts';
import { rateOf, type GrowthResult } from '../evidence/growth/index.ts';
import { retainedByWaiters, type TrackedGroup, type WaiterResult } from '../evidence/waiters/index.ts';
import { dominators, type DominatorTree } from '../graph/dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../graph/heap-graph.ts';
import { pathTo } from '../graph/shortest-paths.ts';
import { taskNeverWakes, PARKED } from '../patterns/task-never-wakes/match.ts';
import { threadNeverEnds } from '../patterns/thread-never-ends/match.ts';
import { identityOf, stackText } from '../patterns/waiting-objects.ts';
import { fingerprint, type Finding, type PathStep } from '../report/index.ts';
import { pathSteps } from './paths/path-steps.ts';

/** Waiters that nobody was meant to wake are a leak only where there are more of them in every dump, and so many more. */
const LEAST_GAIN_OF_PARKED = 5;
const FEWEST_DUMPS_OF_PARKED = 3;

export interface WaiterAnswer {
  readonly findings: readonly { readonly finding: Finding; readonly groups: readonly string[] }[];
  readonly notes: readonly string[];
  /** Notes of what may still turn out to be a leak: with them nobody can say that nothing leaks. */
  readonly open: readonly string[];
}

/**
 * Findings of tasks and threads that never wake, for the groups that no growth in the heap has explained. Exact, so that
 * growth is not asked for; but a group counts only when some of it was so in the dump before, too.
 */
export function findingsOfWaiters({ heap }: GrowthResult, waiters: WaiterResult, explained: ReadonlySet<string>): WaiterAnswer {
  const findings: WaiterAnswer['findings'][number][] = [];
  const notes: string[] = [];
  const open: string[] = [];
  let tree: DominatorTree | undefined;
  const spokenOf = new Set(waiters.groups.filter(({ key }) => explained.has(key)).map(({ cluster }) => cluster));
  for (const group of waiters.groups) {
    if (group.cluster !== group.key || spokenOf.has(group.cluster)) continue;
    const where = `${group.members.length} ${group.kind}${group.members.length === 1 ? ' waits' : 's wait'} at ${stackText(heap, group.stack)}`;
    if (group.settled === 0) {
      if (group.verdict === 'never' && isNew(group) && !group.isParked && !isAlone(waiters, group))
        open.push(
          `${where} for what nothing that still runs can reach, in the last dump only: one more dump would tell. Observe for longer.`,
        );
    } else if (group.verdict === 'cannot-tell') {
      if (rises(group)) open.push(`${where}, more in every dump; whether they ever wake cannot be told: ${group.members[0].reason ?? ''}.`);
    } else if (group.isParked && !rises(group)) {
      notes.push(
        `${where} for something that nobody was meant to bring about: what is kept from ending that way goes when it is cancelled.`,
      );
    } else if (isAlone(waiters, group) && !rises(group)) {
      notes.push(`${where} for what nothing that still runs can reach. One alone, and no more of them later, is not called a leak.`);
    } else {
      tree ??= dominators(heap.graph);
      findings.push({ finding: findingOf(heap, group, othersOf(waiters, group), tree), groups: [group.key] });
    }
  }
  for (const { count, one, several } of waiters.unjudged)
    notes.push(
      `${count === 1 ? `1 ${one}` : `${count} ${several}`}: what wakes ${count === 1 ? 'it' : 'them'} is not known, and is not judged.`,
    );
  if (waiters.undecidable !== undefined) notes.push(`Whether tasks and threads can ever be woken was not decided: ${waiters.undecidable}.`);
  return { findings, notes, open };
}

function rises({ counts }: TrackedGroup): boolean {
  return (
    counts.length >= FEWEST_DUMPS_OF_PARKED &&
    counts.every((count, i) => i === 0 || count > counts[i - 1]) &&
    counts[counts.length - 1] - counts[0] >= LEAST_GAIN_OF_PARKED
  );
}

/** None in any dump before: where there were some and they are gone, they come and go. */
function isNew({ counts }: TrackedGroup): boolean {
  return counts.slice(0, -1).every((count) => count === 0);
}

/**
 * One waiter, and one at each place that waits for it: as a service is kept from ending, or what is cancelled when the program
 * ends. A leak comes again.
 */
function isAlone(waiters: WaiterResult, group: TrackedGroup): boolean {
  return [group, ...othersOf(waiters, group)].every(({ members }) => members.length === 1);
}

/** The other groups of its cluster: who waits for its members. */
function othersOf(waiters: WaiterResult, group: TrackedGroup): readonly TrackedGroup[] {
  return waiters.groups.filter(({ cluster, key }) => cluster === group.cluster && key !== group.key);
}

function findingOf(heap: GrowthResult['heap'], group: TrackedGroup, others: readonly TrackedGroup[], tree: DominatorTree): Finding {
  const retainedBytes = retainedByWaiters(
    tree,
    [group, ...others].flatMap(({ members }) => members),
  );
  const { graph } = heap;
  const pattern = group.kind === 'task' ? taskNeverWakes : threadNeverEnds;
  const count = group.members.length;
  const nodes = group.members.flatMap(({ waiter }) => waiter.node ?? []);
  const join = joinSites(graph, nodes);
  const [site] = join?.sites ?? [];
  const named = site !== undefined && site.share >= NAMING_SHARE;
  const rate = rateOf(group.timesMs, group.counts).perSecond;
  const rose = group.counts.filter((each, i) => i > 0 && each > group.counts[i - 1]).length;
  return {
    fingerprint: fingerprint([pattern.id, ...identityOf({ waiters: undefined }, group)]),
    kind: 'leak',
    confidence: 'high',
    pattern: pattern.id,
    patternTitle: pattern.title,
    knownLibraryLeak: null,
    title: `${group.typeName}: ${count} ${count === 1 ? 'waits' : 'wait'} for ever in ${group.site?.function ?? 'an unknown function'}`,
    type: group.typeName,
    growth: {
      objectsPerSecond: Math.round(rate * 1000) / 1000,
      bytesPerSecond: Math.round((rate * retainedBytes) / count),
      interval: null,
      // The first dump counts where any more grew, as it does of other growths.
      grewIn: rose === 0 ? 0 : rose + 1,
      dumps: group.counts.length,
      perUnitOfWork: null,
    },
    allocated: named ? site.frames.map((frame) => ({ ...frame })) : [],
    sites: [],
    joined: join === undefined ? null : { objects: join.objects, withThisSite: join.withThisSite },
    heldBy: heldBy(heap, nodes[0]),
    otherHolders: [],
    evidence: [
      whyNever(graph, group),
      `in the dumps: ${group.counts.join(', ')}; ${group.settled} of them had waited in the one before already`,
      ...others.map((other) => `${other.members.length} more wait for these, at ${stackText(heap, other.stack)}`),
      `they retain ${retainedBytes} bytes`,
    ],
    against: [
      ...(group.isParked ? [PARKED] : []),
      ...(named
        ? []
        : [
            graph.sites.traced ? 'no single line makes half of them' : 'allocations were not traced: the line that makes them is not known',
          ]),
    ],
    fix: pattern.fix,
  };
}

function whyNever(graph: HeapGraph, { kind, members, stack }: TrackedGroup): string {
  const [{ waiter }] = members;
  const where = stackText({ graph }, stack);
  return kind === 'task'
    ? `${members.length} wait at ${where} on a ${waiter.waitText} that nothing that still runs can reach: only cancel() can end them`
    : `${members.length} wait in ${waiter.waitText} at ${where}, and nothing that still runs can reach what they wait on`;
}

/** The path to one of them; who has it is the suspect. */
function heldBy({ graph, walk }: GrowthResult['heap'], node: NodeIndex | undefined): PathStep[] {
  const path = node === undefined ? undefined : pathTo(graph, walk, node);
  if (path === undefined) return [];
  const steps = pathSteps(graph, path);
  const last = steps.length - 1;
  return steps.map((step, i): PathStep => {
    if (i === last) return { ...step, status: 'leaking', reason: 'nothing that still runs can wake it' };
    return i === last - 1 && step.status === 'unknown' ? { ...step, suspect: true, reason: 'keeps it, though it never wakes' } : step;
  });
}
