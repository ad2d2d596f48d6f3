import type { ProfileAnswer, ProfileSummary, ProfileTop } from '@heaptrail/core';
import { formatBytes, formatShare } from '../../bytes.ts';
import { words } from '../flow.ts';
import type { Page } from '../page.ts';
import { amountCells, amountColumns, countNoun, plural } from './amounts.ts';
import { shortPlaceText, stackWords } from './frame-text.ts';

/** What each line of the program is the cause of. */
export function lineTable(profile: ProfileSummary, { lines }: ProfileAnswer, page: Page, baseDir: string | undefined): void {
  if (lines.rows.length === 0) return;
  page.blank();
  page.table(
    [
      ...amountColumns(profile),
      { title: profile.lines === 'function' ? 'by program function' : 'by program line', align: 'left' },
      { title: 'at', align: 'left' },
    ],
    lines.rows.map((row) => [
      ...amountCells(row, profile),
      { text: row.at.function, style: 'strong' as const },
      { text: shortPlaceText(row.at, baseDir) },
    ]),
  );
  restLine(lines, profile.lines === 'function' ? 'function' : 'line', page);
  if (lines.elsewhereBytes > 0)
    page.paragraph(
      words(
        `${formatShare(lines.elsewhereBytes, profile.totalBytes)} (${formatBytes(lines.elsewhereBytes)}) on stacks without code of the program`,
        'faint',
      ),
    );
}

/** What each function allocates itself, library or not. */
export function functionTable(profile: ProfileSummary, { functions }: ProfileAnswer, page: Page, baseDir: string | undefined): void {
  if (functions.rows.length === 0) return;
  page.blank();
  page.table(
    [
      ...amountColumns(profile),
      { title: 'with callees', align: 'right' },
      { title: 'allocated in', align: 'left' },
      { title: 'at', align: 'left' },
    ],
    functions.rows.map((row) => [
      ...amountCells(row, profile),
      { text: `${formatBytes(row.withCalleesBytes)} ${formatShare(row.withCalleesBytes, profile.totalBytes).padStart(6)}` },
      { text: row.at.function, style: row.at.library ? ('faint' as const) : ('strong' as const) },
      { text: shortPlaceText(row.at, baseDir), style: row.at.library ? ('faint' as const) : ('plain' as const) },
    ]),
  );
  restLine(functions, 'function', page);
}

/** The stacks that allocated most, innermost frame first. */
export function stackList(profile: ProfileSummary, { stacks }: ProfileAnswer, page: Page, baseDir: string | undefined): void {
  for (const { frames, moreFrames, bytes, counts } of stacks.rows) {
    const from = counts === null ? '' : ` in ${plural(counts, countNoun(profile))}`;
    page.blank();
    page.lines(`stack of ${formatBytes(bytes)}, ${formatShare(bytes, profile.totalBytes)}${from}`, [
      { depth: 1, content: stackWords(frames, moreFrames, baseDir) },
    ]);
  }
  restLine(stacks, 'stack', page);
}

function restLine({ rest: { rows, bytes } }: ProfileTop<unknown>, noun: string, page: Page): void {
  if (rows > 0) page.paragraph(words(`… and ${plural(rows, `more ${noun}`)}, ${formatBytes(bytes)}; --limit shows more`, 'doubt'));
}
