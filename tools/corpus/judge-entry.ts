import type { Finding, PathStep, Report } from '../../packages/core/src/report/index.ts';
import type { Entry } from './manifest.ts';

/** What one finding says of a known leak, question by question (report.md): `elsewhere` is below the innermost frame, or in another path. */
export interface FindingAnswers {
  readonly line: 'yes' | 'elsewhere' | 'no';
  readonly holder: 'yes' | 'elsewhere' | 'no';
  readonly pattern: 'yes' | 'none' | 'no';
  readonly text: string;
}

/** Holds a finding against what is known of the leak. */
export function answersOf(finding: Finding, { expect }: Entry): FindingAnswers {
  const culprits = expect?.culprit ?? [];
  const isCulprit = (frame: { readonly file: string; readonly line: number }): boolean =>
    culprits.some(({ file, line, tolerance }) => frame.file.endsWith(file) && Math.abs(frame.line - line) <= tolerance);
  const [innermost, ...outer] = finding.allocated;
  const others = [...outer, ...finding.sites.flatMap(({ frames }) => frames)];
  const holders = (expect?.holder ?? []).map((source) => regularExpression(source));
  const names = (path: readonly PathStep[]): boolean =>
    holders.some((holder) => holder.test(path.map((step) => `${step.step} ${step.type}`).join(' ')));
  return {
    line: innermost !== undefined && isCulprit(innermost) ? 'yes' : others.some(isCulprit) ? 'elsewhere' : 'no',
    holder: names(finding.heldBy) ? 'yes' : finding.otherHolders.some(names) ? 'elsewhere' : 'no',
    pattern: finding.pattern === null ? 'none' : (expect?.pattern ?? []).includes(finding.pattern) ? 'yes' : 'no',
    text: `${finding.kind} ${finding.confidence} ${finding.type}: ${finding.title}`,
  };
}

/** `found`: some finding has the line or the holder right. Programs that do not leak are `clean` with the verdict "no-leak" alone. */
export function wordFor(report: Report, entry: Entry, isLeaky: boolean): 'found' | 'NOT FOUND' | 'clean' | 'NOT CLEAN' | 'cannot tell' {
  const open = report.verdict === 'cannot-tell' || report.verdict === 'too-short';
  if (!isLeaky) return report.findings.length > 0 ? 'NOT CLEAN' : open ? 'cannot tell' : 'clean';
  const answers = report.findings.map((finding) => answersOf(finding, entry));
  if (answers.some(({ line, holder }) => line !== 'no' || holder !== 'no')) return 'found';
  return open ? 'cannot tell' : 'NOT FOUND';
}

/** As Python writes them: `(?i)` in front is a flag. */
function regularExpression(source: string): RegExp {
  return source.startsWith('(?i)') ? new RegExp(source.slice(4), 'i') : new RegExp(source);
}
