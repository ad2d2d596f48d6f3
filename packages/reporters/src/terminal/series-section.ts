import type { Report, Series, SeriesVerdict } from '@heaptrail/core';
import { formatBytes, formatBytesInterval, formatBytesPerMinute, formatNumber } from '../bytes.ts';
import { formatDuration } from '../duration.ts';
import { words } from './flow.ts';
import { isBytes, metricName } from './metric-names.ts';
import type { Page } from './page.ts';

/** Verdicts that have to be told; the others all mean that nothing was seen. */
const GROUP_BY_VERDICT: Readonly<Partial<Record<SeriesVerdict, string>>> = {
  'levelling-off': 'Levelling off',
  fragmentation: 'Above what is alive, by freed memory that did not return to the system',
  'cannot-tell': 'Too uneven to judge',
  'too-short': 'Seen too briefly to judge',
};

/** What the trends say, and how slow a growth would still have been seen. */
export function seriesSection(report: Report, page: Page): void {
  const { series } = report;
  for (const growing of series.filter(({ verdict }) => verdict === 'growing')) page.paragraph(words(growthSentence(growing, report)));
  for (const [verdict, text] of Object.entries(GROUP_BY_VERDICT)) {
    const metrics = series.filter((entry) => entry.verdict === verdict);
    if (metrics.length > 0) page.paragraph(words(`${text}: ${names(metrics)}.`));
  }
  const power = series.find(hasStatedLimit);
  const quiet = series.filter((entry) => entry.verdict !== 'growing' && GROUP_BY_VERDICT[entry.verdict] === undefined && entry !== power);
  const parts = [
    ...(quiet.length > 0 ? [`no leak seen in ${names(quiet)}`] : []),
    ...(power === undefined
      ? []
      : [`growth of RSS above ${formatBytesPerMinute(power.smallestDetectablePerSecond ?? 0)} would have been seen`]),
  ];
  if (parts.length > 0) page.paragraph(words(`${capitalised(parts.join('; '))}.`));
}

/** Of a growth that was seen, nobody asks what else would have been. */
function hasStatedLimit({ metric, verdict, smallestDetectablePerSecond }: Series): boolean {
  return metric === 'rssBytes' && verdict !== 'growing' && smallestDetectablePerSecond !== null;
}

function growthSentence({ metric, slopePerSecond, interval, secondsToLimit }: Series, report: Report): string {
  const parts = [`${capitalised(metricName(metric))} ${isBytes(metric) ? 'is' : 'are'} growing`];
  if (slopePerSecond !== null) {
    parts.push(`by ${rate(metric, slopePerSecond)}`);
    if (interval !== null)
      parts.push(isBytes(metric) ? `(${formatBytesInterval(interval)})` : `(${interval.map(formatNumber).join(' to ')})`);
  }
  if (secondsToLimit !== null) parts.push(`and would reach the limit in ${formatDuration(secondsToLimit * 1000)}`);
  return `${parts.join(' ')}${metric === 'rssBytes' ? account(report) : ''}.`;
}

function account({ account: { explained, tracingBytesPerSecond, restBytesPerSecond } }: Report): string {
  if (explained.length === 0 || restBytesPerSecond === null) return '';
  const findings = explained.length === 1 ? 'the finding explains' : 'the findings explain';
  const sum = rate(
    'rssBytes',
    explained.reduce((total, { bytesPerSecond }) => total + bytesPerSecond, 0),
  );
  const rest = rate('rssBytes', restBytesPerSecond);
  if (tracingBytesPerSecond === undefined)
    return restBytesPerSecond <= 0 ? `; ${findings} all of it` : `; ${findings} ${sum}, ${rest} is not explained`;
  // What tracemalloc says of its tables leaves out what malloc adds to each of their entries.
  const tables = "heaptrail's tables of traced allocations";
  if (restBytesPerSecond <= 0) return `; ${findings} ${sum}, ${tables} the rest`;
  return `; ${findings} ${sum}, ${tables} ${rate('rssBytes', tracingBytesPerSecond)} or more, at most ${rest} is not explained`;
}

function names(series: readonly Series[]): string {
  return series.map(({ metric }) => metricName(metric)).join(', ');
}

function rate(metric: string, perSecond: number): string {
  return isBytes(metric) ? `${formatBytes(perSecond)}/s` : `${formatNumber(perSecond)}/s`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
