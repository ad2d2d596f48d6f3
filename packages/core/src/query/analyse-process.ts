import type { GrowingCounter } from '../evidence/counters/exact-counters.ts';
import type { TrackedGroup, WaiterResult } from '../evidence/waiters/index.ts';
import type { Inflate } from '../formats/cpython-dump/index.ts';
import { executorOrPoolNotClosed } from '../patterns/executor-or-pool-not-closed/match.ts';
import { decideVerdict, rankFindings, REPORT_SCHEMA, type Finding, type Report } from '../report/index.ts';
import { accountOf, tracingGrowth } from './account-of.ts';
import { costOf } from './cost-of.ts';
import { countersOfProcess } from './counters-of-process.ts';
import { countsWaiters, explains, findingOfCounter } from './finding-of-counter.ts';
import { findingsInHeap, type FoundInHeap } from './findings-in-heap.ts';
import { garbageOfProcess, withoutGarbage } from './garbage-of-process.ts';
import { moduleCount } from './imports-meanwhile.ts';
import { growthOfProcess } from './growth-of-process.ts';
import { seriesOfProcess } from './series-of-process.ts';
import type { Session, SessionProcess } from './session.ts';
import { startUpEndMs } from './start-up.ts';
import { targetOf } from './target-of.ts';
import { TOOL } from './tool.ts';

/** The report of one process: growth in the heap first, then the counters that nothing in the heap explains, then the curves. */
export async function analyseProcess(session: Session, process: SessionProcess, inflate: Inflate): Promise<Report> {
  const startUpEnd = startUpEndMs(process);
  const growth = await growthOfProcess(process, startUpEnd, inflate);
  const { found, grewBut, openGrowth, waiting } = findingsInHeap({ ...growth, modulesAt: moduleCount(process.samples) });
  const findings = rankFindings(withCounters(found, growth.waiters, countersOfProcess(process, startUpEnd)));
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
    account: accountOf(findings, series, tracingGrowth(process, startUpEnd)),
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

/** Counters go to the findings they agree with; the rest stand for themselves. */
function withCounters(
  found: readonly FoundInHeap[],
  { groups, threads }: WaiterResult,
  counters: readonly GrowingCounter[],
): readonly Finding[] {
  const clusterOf = new Map(groups.map(({ key, cluster }) => [key, cluster]));
  const workers = threads.flatMap(({ pool, stack }) => (pool === undefined ? [] : [{ kind: 'thread' as const, stack }]));
  const agrees = (each: FoundInHeap, counter: GrowingCounter): boolean =>
    explains(each.finding, counter) ||
    groups.some((group) => speaksOf(each, group) && countsWaiters(group, counter)) ||
    (each.finding.pattern === executorOrPoolNotClosed.id && workers.some((worker) => countsWaiters(worker, counter)));
  const speaksOf = (each: FoundInHeap, { cluster }: TrackedGroup): boolean => each.groups.some((key) => clusterOf.get(key) === cluster);
  const explained = found.map((each): Finding => {
    const agreeing = counters.filter((counter) => agrees(each, counter));
    const said = agreeing.map((counter) => `exact counter: ${counter.name} ${counter.before} → ${counter.after}`);
    return { ...each.finding, evidence: [...each.finding.evidence, ...said] };
  });
  const alone = counters.filter((counter) => !found.some((each) => agrees(each, counter)));
  return [...explained, ...alone.map(findingOfCounter)];
}
