import type { GrowingCounter } from '../evidence/counters/exact-counters.ts';
import type { Inflate } from '../formats/cpython-dump/index.ts';
import type { FinalizerRegistration } from '../graph/language.ts';
import { decideVerdict, rankFindings, REPORT_SCHEMA, type Finding, type Report } from '../report/index.ts';
import { accountOf } from './account-of.ts';
import { costOf } from './cost-of.ts';
import { countersOfProcess } from './counters-of-process.ts';
import { explains, findingOfCounter } from './finding-of-counter.ts';
import { findingOfGrowth } from './finding-of-growth.ts';
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
  const { findings: inHeap, grewBut, openGrowth } = findingsInHeap(growth);
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
      ...new Set([...decision.notes, ...openGrowth, ...grewBut]),
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
}

function findingsInHeap({ result }: ProcessGrowth): HeapAnswer {
  if (result === undefined) return { findings: [], grewBut: [], openGrowth: [] };
  const { graph } = result.heap;
  const finalizerByRegistration = new Map<number, FinalizerRegistration>(
    graph.language.finalizers(graph).map((each) => [each.registration, each]),
  );
  const findings: Finding[] = [];
  const grewBut: string[] = [];
  const openGrowth: string[] = [];
  for (const growth of result.growths) {
    const answer = findingOfGrowth(result, growth, finalizerByRegistration);
    if ('finding' in answer) findings.push(answer.finding);
    else if (answer.note !== '') (answer.open ? openGrowth : grewBut).push(answer.note);
  }
  return { findings: withoutCompanions(findings), grewBut, openGrowth };
}

/** What native code keeps for objects of the program (a buffer inside a file object) is made at their line and goes with them: no leak of its own. */
function withoutCompanions(findings: readonly Finding[]): readonly Finding[] {
  const line = ({ allocated: [first] }: Finding): string => (first === undefined ? '' : `${first.file}:${first.line}`);
  const heldByName = (finding: Finding): boolean => finding.heldBy.length > 1;
  const lines = new Set(findings.filter(heldByName).map(line));
  return findings.filter((finding) => heldByName(finding) || finding.allocated.length === 0 || !lines.has(line(finding)));
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
