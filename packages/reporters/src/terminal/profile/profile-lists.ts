import type { ProfileAmount, ProfileAnswer, ProfileSummary, ProfileTop } from '@heaptrail/core';
import { formatBytes, formatShare } from '../../bytes.ts';
import { words } from '../flow.ts';
import type { Page } from '../page.ts';
import { amountCells, amountColumns, countNoun, plural } from './amounts.ts';
import { shortPlaceText, stackWords } from './frame-text.ts';

/** What fits a first screen. An answer has more, for `--json`. */
const ROWS_SHOWN = 10;
const STACKS_SHOWN = 4;

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
    lines.rows
      .slice(0, ROWS_SHOWN)
      .map((row) => [
        ...amountCells(row, profile),
        { text: row.at.function, style: 'strong' as const },
        { text: shortPlaceText(row.at, baseDir) },
      ]),
  );
  restLine(lines, ROWS_SHOWN, profile.lines === 'function' ? 'function' : 'line', page);
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
    functions.rows
      .slice(0, ROWS_SHOWN)
      .map((row) => [
        ...amountCells(row, profile),
        { text: `${formatBytes(row.withCalleesBytes)} ${formatShare(row.withCalleesBytes, profile.totalBytes).padStart(6)}` },
        { text: row.at.function, style: row.at.library ? ('faint' as const) : ('strong' as const) },
        { text: shortPlaceText(row.at, baseDir), style: row.at.library ? ('faint' as const) : ('plain' as const) },
      ]),
  );
  restLine(functions, ROWS_SHOWN, 'function', page);
}

/** The stacks that allocated most, innermost frame first. */
export function stackList(profile: ProfileSummary, { stacks }: ProfileAnswer, page: Page, baseDir: string | undefined): void {
  for (const { frames, moreFrames, bytes, counts } of stacks.rows.slice(0, STACKS_SHOWN)) {
    const from = counts === null ? '' : ` in ${plural(counts, countNoun(profile))}`;
    page.blank();
    page.lines(`stack of ${formatBytes(bytes)}, ${formatShare(bytes, profile.totalBytes)}${from}`, [
      { depth: 1, content: stackWords(frames, moreFrames, baseDir) },
    ]);
  }
  restLine(stacks, STACKS_SHOWN, 'stack', page);
}

function restLine({ rows, rest }: ProfileTop<ProfileAmount>, shown: number, noun: string, page: Page): void {
  const hidden = rows.slice(shown);
  const count = hidden.length + rest.rows;
  const bytes = hidden.reduce((sum, row) => sum + row.bytes, rest.bytes);
  if (count === 0) return;
  const listed = hidden.length === 0 ? '' : `; --json lists ${hidden.length === count ? 'all' : `the first ${rows.length}`}`;
  page.paragraph(words(`… and ${plural(count, `more ${noun}`)}, ${formatBytes(bytes)}${listed}`, 'doubt'));
}
