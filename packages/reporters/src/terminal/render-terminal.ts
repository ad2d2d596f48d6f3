import type { Report } from '@heaptrail/core';
import { formatDuration } from '../duration.ts';
import { escapeControlsDeep } from '../escape-controls.ts';
import { paintAnsi, paintNothing } from './ansi.ts';
import { costSection } from './cost-section.ts';
import { findingSection } from './finding-section.ts';
import { word, words } from './flow.ts';
import { Page } from './page.ts';
import { processLines } from './process-lines.ts';
import { withRelativeFiles } from './relative-files.ts';
import { seriesSection } from './series-section.ts';
import { styleOfVerdict, verdictText } from './verdict-text.ts';

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns; lines are never longer, unless a single character is. */
  readonly width: number;
  /** Where the session lies, to point at its report. */
  readonly outDir?: string;
  /** Folder of the reader: files in it are named from there on. */
  readonly baseDir?: string;
}

/** A report as a person reads it in a terminal. Decides nothing: every word follows from a field of the report. */
export function renderTerminal(unsafe: Report, { color, width, outDir, baseDir }: TerminalOptions): string {
  const report = escapeControlsDeep(baseDir === undefined ? unsafe : withRelativeFiles(unsafe, baseDir));
  const page = new Page(width, color ? paintAnsi : paintNothing);
  for (const finding of report.findings) {
    page.blank();
    findingSection(finding, page);
  }
  page.blank();
  if (report.findings.length === 0) page.paragraph(answerWithoutFindings(report));
  for (const note of report.notes) page.paragraph(words(note));
  seriesSection(report, page);
  costSection(report, page);
  processLines(report, page);
  if (outDir !== undefined) page.paragraph(words(`Report: ${escapeControlsDeep(outDir).replace(/\/+$/, '')}/report.json`));
  return page.toString();
}

function answerWithoutFindings({ verdict, dumps, target }: Report) {
  const counted = dumps.filter((dump) => dump.counted).length;
  const seen = `${counted} ${counted === 1 ? 'dump' : 'dumps'} in ${formatDuration(target.observedMs)}`;
  return [
    word(verdictText(verdict), styleOfVerdict(verdict)),
    ...words(seen).map((entry, at) => (at === 0 ? { ...entry, gap: '  ' } : entry)),
  ];
}
