import type { Growth } from '../evidence/growth/index.ts';
import type { GrowingCounter } from '../evidence/counters/exact-counters.ts';
import type { Inflate } from '../formats/cpython-dump/index.ts';
import type { FinalizerRegistration } from '../graph/language.ts';
import { decideVerdict, rankFindings, REPORT_SCHEMA, type Finding, type Report } from '../report/index.ts';
import { accountOf } from './account-of.ts';
import { costOf } from './cost-of.ts';
import { countersOfProcess } from './counters-of-process.ts';
import { explains, findingOfCounter } from './finding-of-counter.ts';
import { findingOfGrowth } from './finding-of-growth.ts';
import { findingsOfWaiters } from './finding-of-waiters.ts';
import { garbageOfProcess, withoutGarbage } from './garbage-of-process.ts';
import { growthOfProcess, type ProcessGrowth } from './growth-of-process.ts';
import { seriesOfProcess } from './series-of-process.ts';
import type { Session, SessionProcess } from './session.ts';
import { startUpEndMs } from './start-up.ts';
import { targetOf } from './target-of.ts';
import { TOOL } from './tool.ts';

/** The report of one process: growth in the heap first, then the counters that nothing in the heap explains, then the curves. */
export async function analyseProcess(session: Session, process: SessionProcess, inflate: Inflate): Promise<Report> {
  const startUpEnd = startUpEndMs(process);
  const growth = await growthOfProcess(process, startUpEnd, inflate);
  const { findings: inHeap, grewBut, openGrowth, waiting } = findingsInHeap(growth);
  const findings = rankFindings(withCounters(inHeap, countersOfProcess(process, startUpEnd)));
  const series = seriesOfProcess(process, startUpEnd);
  const garbage = garbageOfProcess(process, growth.garbage);
  const decision = decideVerdict({ findings, series: withoutGarbage(series, garbage), countedDumps: growth.counted, openGrowth });
  return {
    schema: REPORT_SCHEMA,
    tool: { ...TOOL },
    target: targetOf(session, process),
    verdict: decision.verdict,
    findings,
    series,
    account: accountOf(findings, series),
    dumps: growth.dumps,
    cost: costOf(session, process),
    notes: [
      ...new Set([...decision.notes, ...openGrowth, ...grewBut, ...waiting]),
      ...(garbage.note === undefined ? [] : [garbage.note]),
      ...growth.notes,
    ],
    processes: [],
  };
}

interface HeapAnswer {
  readonly findings: readonly Finding[];
  /** What grew and is no leak, and why. */
  readonly grewBut: readonly string[];
  /** What grew in every dump, if ever more slowly: it may be a leak whose work became less. */
  readonly openGrowth: readonly string[];
  /** What waits and is no leak, or cannot be told from one. */
  readonly waiting: readonly string[];
}

function findingsInHeap({ result, waiters }: ProcessGrowth): HeapAnswer {
  if (result === undefined) return { findings: [], grewBut: [], openGrowth: [], waiting: [] };
  const { graph } = result.heap;
  const finalizerByRegistration = new Map<number, FinalizerRegistration>(
    graph.language.finalizers(graph).map((each) => [each.registration, each]),
  );
  const explained = new Set<string>();
  const found: FoundGrowth[] = [];
  const grewBut: string[] = [];
  const openGrowth: string[] = [];
  for (const growth of result.growths) {
    const answer = findingOfGrowth(result, growth, finalizerByRegistration, waiters);
    if ('finding' in answer) {
      found.push({ finding: answer.finding, growth });
      for (const group of answer.groups) explained.add(group);
    } else if (answer.note !== '') (answer.open ? openGrowth : grewBut).push(answer.note);
  }
  const { findings: ofWaiters, notes: waiting } = findingsOfWaiters(result, waiters, explained);
  return { findings: [...withoutCompanions(found), ...ofWaiters], grewBut, openGrowth, waiting };
}

interface FoundGrowth {
  readonly finding: Finding;
  readonly growth: Growth;
}

/**
 * What native code keeps for objects of the program goes with them and is no leak of its own: it is made at their line (a
 * buffer inside a file object), or there are exactly as many of it in every dump (the exception that each thread of a pool is at).
 */
function withoutCompanions(found: readonly FoundGrowth[]): readonly Finding[] {
  const line = ({ finding: { allocated } }: FoundGrowth): string =>
    allocated[0] === undefined ? '' : `${allocated[0].file}:${allocated[0].line}`;
  const counts = ({ growth }: FoundGrowth): string => growth.counts.join();
  const heldByName = ({ finding }: FoundGrowth): boolean => finding.heldBy.length > 1;
  const named = found.filter(heldByName);
  const lines = new Set(named.map(line));
  const series = new Set(named.map(counts));
  return found
    .filter((each) => heldByName(each) || !(series.has(counts(each)) || (each.finding.allocated.length > 0 && lines.has(line(each)))))
    .map(({ finding }) => finding);
}

/** Counters go to the findings they agree with; the rest stand for themselves. */
function withCounters(findings: readonly Finding[], counters: readonly GrowingCounter[]): readonly Finding[] {
  const explained = findings.map((finding): Finding => {
    const agreeing = counters.filter((counter) => explains(finding, counter));
    return {
      ...finding,
      evidence: [...finding.evidence, ...agreeing.map((counter) => `exact counter: ${counter.name} ${counter.before} → ${counter.after}`)],
    };
  });
  const alone = counters.filter((counter) => !findings.some((finding) => explains(finding, counter)));
  return [...explained, ...alone.map(findingOfCounter)];
}
