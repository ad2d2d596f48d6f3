import type { GcTrialAnswer, GcTrialChange, GcTrialRow } from '@heaptrail/core';
import { formatBytes, formatCount, formatNumber } from '../../bytes.ts';
import { escapeControlsDeep } from '../../escape-controls.ts';
import { paintAnsi, paintNothing } from '../ansi.ts';
import { words } from '../flow.ts';
import { Page } from '../page.ts';
import type { Cell, Column } from '../table.ts';

export interface GcTrialLook {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
}

/** `heaptrail gc`: what each setting of the collector costs and brings. */
export function renderGcTrials(unsafe: GcTrialAnswer, { color, width }: GcTrialLook): string {
  const answer = escapeControlsDeep(unsafe);
  const page = new Page(width, color ? paintAnsi : paintNothing);
  page.paragraph([...words(verdict(answer), 'strong')]);
  page.paragraph(
    words(
      `${answer.implementation} ${answer.python}, ${answer.rounds} rounds; times and memory are medians, changes are against own, round by round`,
      'faint',
    ),
  );
  page.blank();
  page.table(
    columns(answer),
    answer.rows.map((row) => cells(row, answer)),
  );
  page.blank();
  page.paragraph(
    words(
      'The intervals hold with 95 % for all settings together; a change with ~ is none that these rounds can tell from chance.',
      'faint',
    ),
  );
  for (const note of answer.notes) page.paragraph(words(`note: ${note}`, 'doubt'));
  return page.toString();
}

function verdict({ rows, faster, cheaper, smaller }: GcTrialAnswer): string {
  const find = (setting: string): GcTrialRow => rows.find((row) => row.setting === setting)!;
  const sentences: string[] = [];
  const isShown = (change: GcTrialChange | undefined): boolean => change !== undefined && digits(change.percent) !== '0';
  const fastest = faster.find((setting) => isShown(find(setting).wallChange));
  const best = fastest ?? cheaper.find((setting) => isShown(find(setting).cpuChange));
  if (best !== undefined) {
    const { wallChange, cpuChange, memoryChange } = find(best);
    const gain = fastest !== undefined ? `${size(wallChange!.percent)} less time` : `${size(cpuChange!.percent)} less CPU time`;
    const price =
      memoryChange !== undefined && memoryChange.lowPercent > 0 && isShown(memoryChange)
        ? ` and ${size(memoryChange.percent)} more memory`
        : '';
    sentences.push(`${best} takes ${gain}${price}.`);
  } else {
    const reach = Math.max(...rows.map(({ wallChange }) => (wallChange === undefined ? 0 : smallestGain(wallChange))));
    sentences.push(`No setting is faster than the program's own; a gain of more than ${size(reach)} would have been seen.`);
  }
  const smallest = smaller.find((setting) => isShown(find(setting).memoryChange));
  if (smallest !== undefined) sentences.push(`${smallest} takes ${size(find(smallest).memoryChange!.percent)} less memory.`);
  return sentences.join(' ');
}

/** The gain, in percent, whose interval would just have ended below zero: the intervals are symmetric for ratios. */
function smallestGain({ percent, lowPercent }: GcTrialChange): number {
  return 100 * (1 - (100 + lowPercent) / (100 + percent));
}

function columns({ rows }: GcTrialAnswer): Column[] {
  const right = (title: string): Column => ({ title, align: 'right' });
  const collections = hasCollections(rows) ? [right('pauses'), right('in them'), right('longest')] : [];
  return [
    ...[right('time'), right('change'), right('cpu'), right('change')],
    ...collections,
    ...[right('memory'), right('change'), { title: 'setting', align: 'left' as const }],
  ];
}

function cells(row: GcTrialRow, { rows }: GcTrialAnswer): Cell[] {
  const collections = hasCollections(rows)
    ? [
        { text: formatCount(Math.round(row.pauses ?? 0)) },
        { text: milliseconds(row.pauseMs ?? 0) },
        { text: milliseconds(row.longestPauseMs ?? 0) },
      ]
    : [];
  return [
    { text: milliseconds(row.wallMs) },
    withInterval(row.wallChange),
    { text: milliseconds(row.cpuMs) },
    withInterval(row.cpuChange),
    ...collections,
    { text: formatBytes(row.peakRssBytes) },
    row.memoryChange === undefined
      ? { text: '' }
      : isClear(row.memoryChange)
        ? { text: signed(row.memoryChange.percent) }
        : unclear(row.memoryChange),
    { text: row.setting, style: 'strong' },
  ];
}

function hasCollections(rows: readonly GcTrialRow[]): boolean {
  return rows.some((row) => row.pauses !== undefined);
}

function withInterval(change: GcTrialChange | undefined): Cell {
  if (change === undefined) return { text: '' };
  if (!isClear(change)) return unclear(change);
  return { text: `${signed(change.percent)} [${digits(change.lowPercent)} … ${digits(change.highPercent)}]` };
}

function unclear({ percent }: GcTrialChange): Cell {
  return { text: `~${signed(percent)}`, style: 'faint' };
}

function isClear({ lowPercent, highPercent }: GcTrialChange): boolean {
  return lowPercent > 0 || highPercent < 0;
}

function signed(percent: number): string {
  return `${digits(percent)} %`;
}

function size(percent: number): string {
  return `${digits(Math.abs(percent)).replace('+', '')} %`;
}

/** +3.4, -12: what is nearly nothing is 0. */
function digits(percent: number): string {
  const text = percent.toFixed(Math.abs(percent) < 9.95 ? 1 : 0);
  if (Number(text) === 0) return '0';
  return percent > 0 ? `+${text}` : text;
}

function milliseconds(ms: number): string {
  return ms >= 999.5 ? `${(ms / 1000).toFixed(2)} s` : `${formatNumber(ms)} ms`;
}
