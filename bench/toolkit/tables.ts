import { alignedColumns } from '../../tools/aligned-columns.ts';
import type { FigureMeasured } from './figure.ts';
import type { PrimitiveSize } from '../../tools/toolkit/sizes/measure-sizes.ts';

/** Text in columns; the first to the left, the others to the right. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  return alignedColumns(rows, 1).join('\n');
}

export function figureRows({ id, operation, contenders, goals }: FigureMeasured): string[][] {
  return [
    [`${id} (${operation})`, 'ns', 'middle half', 'ours to it', 'goal'],
    ...contenders.map(({ name, nsPerOperation, quartilesNs: [low, high], oursTo }, at) => [
      `  ${name}`,
      numberOf(nsPerOperation),
      `${numberOf(low)} to ${numberOf(high)}`,
      at === 0 ? '' : `${oursTo.toFixed(2)}x`,
      goalText(goals[name], oursTo),
    ]),
  ];
}

function goalText(goal: number | undefined, ratio: number): string {
  if (goal === undefined) return '';
  return ratio <= goal ? `at most ${goal}x: met` : `at most ${goal}x: MISSED`;
}

function numberOf(ns: number): string {
  if (ns < 10) return ns.toFixed(2);
  return ns < 100 ? ns.toFixed(1) : Math.round(ns).toLocaleString('en-US');
}

export function sizeRows(sizes: readonly PrimitiveSize[]): string[][] {
  return [
    ['alone, bundled by esbuild', 'minified', 'gzip'],
    ...sizes.map(({ name, minifiedBytes, gzipBytes }) => [name, `${minifiedBytes} B`, `${gzipBytes} B`]),
  ];
}
