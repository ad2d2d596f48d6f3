import type { Report } from '@heaptrail/core';
import { formatBytesPerSecond, formatSigned } from '../bytes.ts';
import { word, words, type Word } from './flow.ts';
import type { Page } from './page.ts';
import { styleOfVerdict, verdictText } from './verdict-text.ts';

/** The other processes of the tree, one line each; what they leak is in the report in full. */
export function processLines(report: Report, page: Page): void {
  const known = new Set(report.findings.map(({ fingerprint }) => fingerprint));
  for (const other of everyProcess(report)) page.paragraph(line(other, known));
}

function* everyProcess(report: Report): Generator<Report> {
  for (const other of report.processes) {
    yield other;
    yield* everyProcess(other);
  }
}

function line({ target, verdict, findings }: Report, known: ReadonlySet<string>): Word[] {
  const [first, ...more] = findings;
  const name = target.command.find((part, at) => at > 0 && !part.startsWith('-')) ?? target.command[0] ?? '';
  const head = [word(`pid ${target.pid}`), word(name, 'plain', '  '), word(verdictText(verdict), styleOfVerdict(verdict), '  ')];
  if (first === undefined) return head;
  const { objectsPerSecond, bytesPerSecond } = first.growth;
  const same = known.has(first.fingerprint) ? 'the same as above, ' : '';
  const rest = more.length > 0 ? ` and ${more.length} more` : '';
  const text = `${same}${first.type} ${formatSigned(objectsPerSecond)} objects/s ${formatBytesPerSecond(bytesPerSecond)} [${first.fingerprint}]${rest}`;
  return [...head, ...words(text).map((entry, at) => (at === 0 ? { ...entry, gap: '  ' } : entry))];
}
