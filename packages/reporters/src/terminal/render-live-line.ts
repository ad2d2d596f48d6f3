import { formatBytes, formatSigned } from '../bytes.ts';
import { formatClock } from '../duration.ts';
import { escapeControlsDeep } from '../escape-controls.ts';
import { displayWidth, splitAtWidth } from './display-width.ts';

/** What is known of the running program now. */
export interface LiveStatus {
  readonly pid: number;
  readonly runtime?: { readonly name: string; readonly version: string };
  readonly script: string;
  readonly rssBytes?: number;
  /** Exact counters, the interesting first: threads, tasks, finalizers. */
  readonly counters: readonly LiveCounter[];
  readonly dumps?: { readonly done: number; readonly planned: number; readonly running: boolean };
  /** Other processes of the tree that are watched too. */
  readonly otherProcesses?: number;
  readonly elapsedMs: number;
}

export interface LiveCounter {
  readonly name: string;
  readonly value: number;
  readonly perSecond?: number;
}

interface Part {
  readonly text: string;
  readonly gap: string;
  /** Parts with the highest number go first when the line is too narrow. */
  readonly dispensable: number;
}

/** One line of at most `width` columns, without a line end. What matters least is left out first. */
export function renderLiveLine(unsafe: LiveStatus, { width }: { readonly width: number }): string {
  const status = escapeControlsDeep(unsafe);
  let parts = partsOf(status);
  while (widthOf(parts) > width && parts.length > 1) {
    const least = Math.max(...parts.map(({ dispensable }) => dispensable));
    const at = parts.findLastIndex(({ dispensable }) => dispensable === least);
    parts = parts.filter((_, index) => index !== at);
  }
  return fit(joined(parts), width);
}

function partsOf({ pid, runtime, script, rssBytes, counters, dumps, otherProcesses, elapsedMs }: LiveStatus): Part[] {
  const parts: Part[] = [{ text: 'heaptrail', gap: '', dispensable: 6 }];
  const add = (text: string, gap: string, dispensable: number) => parts.push({ text, gap, dispensable });
  add(`pid ${pid}`, '  ', 5);
  if (runtime !== undefined) add(runtimeText(runtime), '  ', 8);
  if (script !== '') add(script, '  ', 4);
  if (otherProcesses !== undefined && otherProcesses > 0) add(`+${otherProcesses} more`, ' ', 7);
  if (rssBytes !== undefined) add(`RSS ${formatBytes(rssBytes)}`, '   ', 1);
  for (const [at, { name, value, perSecond }] of counters.entries()) {
    const rate = perSecond === undefined || perSecond === 0 ? '' : ` ${formatSigned(perSecond)}/s`;
    // A counter that moves is why somebody looks at this line.
    add(`${name} ${value}${rate}`, at === 0 ? '   ' : '  ', rate === '' ? 9 : 3);
  }
  if (dumps !== undefined) add(`${dumps.running ? 'dumping' : 'dump'} ${dumps.done} of ${dumps.planned}`, '   ', 2);
  add(formatClock(elapsedMs), '   ', 0);
  return parts;
}

function runtimeText({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name === 'cpython' ? 'python' : name} ${version.split('.').slice(0, 2).join('.')}`;
}

function joined(parts: readonly Part[]): string {
  return parts.map(({ text, gap }, at) => (at === 0 ? text : `${gap}${text}`)).join('');
}

function widthOf(parts: readonly Part[]): number {
  return displayWidth(joined(parts));
}

function fit(text: string, width: number): string {
  return displayWidth(text) <= width ? text : splitAtWidth(text, Math.max(1, width))[0];
}
