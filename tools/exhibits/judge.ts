import type { Finding, Frame, Report } from '../../packages/core/src/report/index.ts';

export interface LineRange {
  readonly from: number;
  readonly to: number;
}

export interface ResolvedSite {
  readonly fileEndsWith: string;
  readonly lines: readonly LineRange[];
}

/** What a right finding says, with lines instead of markers. */
export interface ResolvedExpectation {
  readonly types: readonly string[];
  readonly patterns: readonly (string | null)[];
  readonly sites: readonly ResolvedSite[];
  readonly holders: readonly (readonly string[])[];
  readonly suspectStep: string | undefined;
}

/** One leak that was planted: which of the four questions of report.md its finding answers truly. */
export interface LeakJudgement {
  readonly found: boolean;
  readonly line: boolean;
  readonly holder: boolean;
  readonly pattern: boolean;
  readonly notes: readonly string[];
}

export interface BrokenJudgement {
  readonly leaks: readonly LeakJudgement[];
  readonly firstPlace: boolean;
  /** Findings of kind leak that are none of the planted ones. */
  readonly wrong: readonly string[];
  readonly notes: readonly string[];
}

export interface HealthyJudgement {
  readonly clean: boolean;
  readonly wrong: readonly string[];
  readonly notes: readonly string[];
}

/** Judges the report of a program that leaks. Pure: the same report gives the same judgement. */
export function judgeBroken(report: Report, expectations: readonly ResolvedExpectation[]): BrokenJudgement {
  const leaks = report.findings.filter(({ kind }) => kind === 'leak');
  const findingByExpectation = assign(leaks, expectations);
  const assigned = new Set(findingByExpectation.values());
  const related = leaks.filter((finding) => expectations.some((expectation) => scoreOf(finding, expectation) > 0));
  const elsewhere = report.processes.flatMap(({ findings }) => findings).filter(({ kind }) => kind === 'leak');
  const again = related.filter((finding) => !assigned.has(finding));
  return {
    leaks: expectations.map((expectation) => judgeLeak(report, findingByExpectation.get(expectation), expectation)),
    firstPlace: report.verdict === 'leak' && report.findings[0] !== undefined && related.includes(report.findings[0]),
    wrong: [...leaks.filter((finding) => !related.includes(finding)), ...elsewhere].map(describe),
    notes: [
      ...(report.verdict === 'leak' ? [] : [`verdict is ${report.verdict}`]),
      ...again.map((finding) => `the same leak again: ${describe(finding)}`),
    ],
  };
}

/** Judges the report of a program that does not leak. "Cannot tell" is an honest answer, and is not "clean". */
export function judgeHealthy(report: Report): HealthyJudgement {
  const findings = [report, ...report.processes].flatMap((process) => process.findings);
  return {
    clean: findings.length === 0 && report.verdict === 'no-leak',
    wrong: findings.map(describe),
    notes: report.verdict === 'no-leak' ? [] : [`verdict is ${report.verdict}`],
  };
}

/** Gives every expectation the finding that fits it best, and none to two. */
function assign(findings: readonly Finding[], expectations: readonly ResolvedExpectation[]): Map<ResolvedExpectation, Finding> {
  const pairs = expectations
    .flatMap((expectation) => findings.map((finding, place) => ({ expectation, finding, place, score: scoreOf(finding, expectation) })))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place);
  const chosen = new Map<ResolvedExpectation, Finding>();
  const taken = new Set<Finding>();
  for (const { expectation, finding } of pairs) {
    if (chosen.has(expectation) || taken.has(finding)) continue;
    chosen.set(expectation, finding);
    taken.add(finding);
  }
  return chosen;
}

/** The holder tells more than the line, both more than a name: two leaks of one program may have one pattern. */
function scoreOf(finding: Finding, expectation: ResolvedExpectation): number {
  const holder = holderIsRight(finding, expectation);
  const line = lineIsRight(finding, expectation);
  if (!holder && !line) return 0;
  return (holder ? 4 : 0) + (line ? 2 : 0) + (expectation.patterns.includes(finding.pattern) ? 1 : 0);
}

function judgeLeak(report: Report, finding: Finding | undefined, expectation: ResolvedExpectation): LeakJudgement {
  if (finding === undefined || report.verdict !== 'leak')
    return { found: false, line: false, holder: false, pattern: false, notes: ['no finding speaks of it'] };
  const line = lineIsRight(finding, expectation);
  const holder = holderIsRight(finding, expectation);
  const pattern = expectation.patterns.includes(finding.pattern);
  const type = expectation.types.length === 0 || expectation.types.includes(finding.type);
  const wantedLines = expectation.sites.map((site) => `${site.fileEndsWith}:${site.lines.map(({ from }) => from).join('/')}`).join(' or ');
  return {
    found: true,
    line,
    holder,
    pattern,
    notes: [
      ...(line ? [] : [`line is ${frameText(finding.allocated[0])}, not ${wantedLines}`]),
      ...(holder ? [] : [`holder is ${pathText(finding)}, not ${expectation.holders.map((names) => names.join('|')).join(' … ')}`]),
      ...(pattern ? [] : [`pattern is ${finding.pattern ?? 'none'}, not ${expectation.patterns.join(' or ')}`]),
      ...(type ? [] : [`type is ${finding.type}, expected ${expectation.types.join(' or ')}`]),
    ],
  };
}

/** The innermost frame outside the standard library is the one a person can change. */
function lineIsRight(finding: Finding, expectation: ResolvedExpectation): boolean {
  const frame = finding.allocated.find((candidate) => !isStandardLibrary(candidate));
  return frame !== undefined && expectation.sites.some((site) => siteHas(site, frame));
}

function siteHas(site: ResolvedSite, frame: Frame): boolean {
  const file = frame.file.replaceAll('\\', '/');
  if (file !== site.fileEndsWith && !file.endsWith(`/${site.fileEndsWith}`)) return false;
  return site.lines.some(({ from, to }) => frame.line >= from && frame.line <= to);
}

export function isStandardLibrary({ file }: Frame): boolean {
  if (file.startsWith('<')) return true;
  return /(^|\/)python3\.\d+\//.test(file) && !/(site|dist)-packages\//.test(file);
}

function holderIsRight(finding: Finding, { holders, suspectStep }: ResolvedExpectation): boolean {
  return [finding.heldBy, ...finding.otherHolders].some((path) => {
    const text = path.map(({ step }) => step).join(' ');
    if (!holders.every((names) => names.some((name) => text.includes(name)))) return false;
    return suspectStep === undefined || path.some(({ step, suspect }) => suspect && step.includes(suspectStep));
  });
}

function describe(finding: Finding): string {
  return `${finding.kind} ${finding.type} (${finding.pattern ?? 'no pattern'}) at ${frameText(finding.allocated[0])} held by ${pathText(finding)}`;
}

function frameText(frame: Frame | undefined): string {
  return frame === undefined ? 'an unknown line' : `${frame.file.split('/').slice(-2).join('/')}:${frame.line}`;
}

function pathText({ heldBy }: Finding): string {
  return heldBy.length === 0 ? 'nothing known' : heldBy.map(({ step, suspect }) => (suspect ? `*${step}*` : step)).join(' ');
}
