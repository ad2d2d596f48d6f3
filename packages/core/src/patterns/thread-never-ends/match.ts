import type { GrowthEvidence, Pattern, PatternMatch } from '../pattern.ts';
import { MOST, neverWaking, identityOf, stackText, waitedFor } from '../waiting-objects.ts';

export const threadNeverEnds: Pattern = {
  id: 'thread-never-ends',
  title: 'threads are started and wait for ever',
  fix: 'tell the thread to end when its owner goes (a sentinel in its queue, an event that it looks at), and join it; or put a limit on the wait',
  match: (evidence) => thatNothingWakes(evidence) ?? thatPileUp(evidence),
};

/** Exact: nothing that still runs can reach what they wait on. */
function thatNothingWakes(evidence: GrowthEvidence): PatternMatch | undefined {
  const [first, ...others] = neverWaking(evidence, 'thread');
  if (first === undefined) return undefined;
  const groups = [first, ...others];
  return {
    title: `waits for ever in ${first.site?.function ?? 'an unknown function'}`,
    evidence: [
      ...groups.map(
        (group) =>
          `${group.members.length} wait in ${group.members[0].waiter.waitText} at ${stackText(evidence, group.stack)}, and nothing that still runs can reach what they wait on`,
      ),
      ...waitedFor(evidence, groups),
    ],
    against: [],
    exact: true,
    identity: identityOf(evidence, first),
    groups: groups.map(({ key }) => key),
  };
}

/** Threads with one stack, more of them in every dump; something could wake them, and does not. */
function thatPileUp(evidence: GrowthEvidence): PatternMatch | undefined {
  const { language } = evidence.graph;
  const views = new Map(evidence.waiters?.threads.map((view) => [view.node, view]));
  const threads = evidence.objects.flatMap((node) => views.get(node) ?? []);
  if (threads.length === 0 || threads.length < MOST * evidence.objects.length) return undefined;
  const bySite = new Map<string, number>();
  for (const { stack } of threads) {
    const site = stack.find((frame) => !language.isLibraryFrame(frame)) ?? stack[0];
    if (site !== undefined) bySite.set(`${site.file}:${site.line}`, (bySite.get(`${site.file}:${site.line}`) ?? 0) + 1);
  }
  const most = Math.max(0, ...bySite.values());
  if (most < MOST * threads.length) return undefined;
  return {
    title: 'started again and again, and does not end',
    evidence: [`${most} of ${threads.length} new threads are at ${stackText(evidence, threads[0].stack)}`],
    against: [],
    exact: false,
  };
}
