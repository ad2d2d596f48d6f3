import type { Finding, Report } from '../../packages/core/src/report/index.ts';
import type { Program } from './program.ts';

/** The patterns that speak of what waits: a healthy program must not be reported with one of these. */
const OF_WAITERS: ReadonlySet<string> = new Set([
  'task-never-wakes',
  'thread-never-ends',
  'generator-never-finished',
  'executor-or-pool-not-closed',
]);

const OF_WAITING = /^\d+ (task|thread)s? waits? at |^\d+ .*what wakes (it|them) is not known|can ever be woken/;

export interface ProgramJudgement {
  /** Healthy: nothing was reported of what waits. Leaky: the leak was found. */
  readonly isRight: boolean;
  readonly verdict: string;
  /** Findings of what waits, in a line each. */
  readonly waiters: readonly string[];
  /** Findings of other kinds. */
  readonly others: readonly string[];
  /** Notes on what waits: what one cannot tell, and what is not called a leak. */
  readonly mentioned: readonly string[];
  /** Dumps that were looked at. */
  readonly dumps: number;
}

/** Judges a report. A leaky program's finding must have an expected pattern and, where it says so at all, name a marked line. */
export function judgeProgram(program: Program, report: Report): ProgramJudgement {
  const findings = [report, ...report.processes].flatMap((process) => process.findings);
  const ofWaiters = findings.filter(({ pattern }) => pattern !== null && OF_WAITERS.has(pattern));
  return {
    isRight: program.isLeaky ? ofWaiters.some((finding) => isExpected(program, finding)) : ofWaiters.length === 0,
    verdict: report.verdict,
    waiters: ofWaiters.map(describe),
    others: findings.filter((finding) => !ofWaiters.includes(finding)).map(describe),
    mentioned: [report, ...report.processes].flatMap(({ notes }) => notes.filter((note) => OF_WAITING.test(note))),
    dumps: report.dumps.filter(({ counted }) => counted).length,
  };
}

function isExpected({ expect, lines, name }: Program, { kind, pattern, evidence }: Finding): boolean {
  if (kind !== 'leak' || pattern === null || !expect.includes(pattern)) return false;
  const said = evidence.join('\n');
  return pattern === 'executor-or-pool-not-closed' || lines.some((line) => said.includes(`(${name}.py:${line})`));
}

function describe({ kind, confidence, pattern, title, evidence }: Finding): string {
  return `${kind}, ${confidence}: ${pattern ?? 'no pattern'}: ${title} (${evidence[0] ?? ''})`;
}
