import { alignedColumns } from '../../tools/aligned-columns.ts';
import type { WayMeasured } from './measure-way.ts';

const HEAD = [
  'runtime',
  'way',
  'ns a pair',
  'to strong',
  'created',
  'collected',
  'waiting',
  'bytes a pair',
  'collections',
  'paused',
  'longest',
];

/** One row for each runtime and way; a runtime's name once. */
export function rowsOf(measured: readonly WayMeasured[]): string[][] {
  return [
    HEAD,
    ...measured.map((row, at) => [
      measured[at - 1]?.runtime === row.runtime ? '' : row.runtime,
      row.way,
      `${Math.round((row.cpuMs * 1e6 * 2) / row.created)}`,
      `${row.ratioToStrong.toFixed(2)}x`,
      `${row.created}`,
      row.left === 0 ? 'all' : `all but ${row.left}`,
      row.waiting === undefined ? '' : `${row.waiting}`,
      `${Math.round(row.bytesOfPair)}`,
      `${row.collections}`,
      `${row.pauseMs.toFixed(1)} ms`,
      `${row.longestPauseMs.toFixed(1)} ms`,
    ]),
  ];
}

export function textTable(rows: readonly (readonly string[])[]): string {
  return alignedColumns(rows, 2).join('\n');
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly system: string;
  /** Of the last minute, before the first run: others may have been at work. */
  readonly load: number;
  readonly date: string;
}

/** docs/toolkit/references-compared.md. */
export function pageOf(
  measured: readonly WayMeasured[],
  machine: Machine,
  { pairs, turns, missing }: { readonly pairs: number; readonly turns: number; readonly missing: readonly string[] },
): string {
  return `# Strong, weak, cleared, finalized: what references cost

Written by \`npm run bench:references\`. Do not edit: run it again.

A parent and its child, ${pairs.toLocaleString('en-US')} pairs, of which 1,000 live at a time. The parent holds the child. The child refers to its parent in one of four ways:

- **strong**: by an ordinary reference. A cycle, which a collector has to find.
- **weak**: by a weak reference (\`WeakRef\`, \`weakref.ref\`), read once.
- **cleared**: a strong cycle, and both references are removed before the pair is dropped.
- **finalizer**: not at all; a finalizer on the parent (\`FinalizationRegistry\`, \`weakref.finalize\`) closes what the child stands for.

\`\`\`text
${textTable(rowsOf(measured))}
\`\`\`

Machine: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGB} GB, ${machine.system}; load ${machine.load.toFixed(1)} when it began; ${machine.date}. Each way ran in a process of its own, ${turns} times in turns; medians.${missing.length === 0 ? '' : ` Missing: ${missing.join('; ')}.`}

- **ns a pair** is CPU time (user and system, all threads): making, reading and dropping, the collections meanwhile, one at the end, and callbacks. **to strong** is the median of the ratios within each turn.
- **waiting**: unreachable objects that still took memory when the last pair was dropped. V8 cannot tell without collecting.
- **collected**: what a collection at the end left, counted by class (\`v8.queryObjects\`, \`gc.get_objects\`), and of finalizers' entries.
- **bytes a pair**: of a living pair with its weak reference or registration (V8: heap in use after a collection; CPython: tracemalloc).
- **collections**, **paused** and **longest** come from \`perf_hooks\` and \`gc.callbacks\`; they are times of the wall clock, so a busy machine makes them longer. V8's include the one at the end; CPython frees what is in no cycle without any.

## What to take from it

- In CPython a cycle is what costs: its objects wait for the collector, which stops the program to find them. Breaking it, by a weak reference or by clearing, frees each pair when it is dropped.
- In V8 a cycle costs nothing by itself: there is nothing to gain from clearing references of objects that are dropped together. A weak reference is for an object that may go *before* those that refer to it.
- A finalizer is the dearest in both, in time and in bytes. It is for what is outside of memory (files, sockets, entries in a table), as the net below \`using\`, \`with\` and \`dispose\`; not for memory.

What the toolkit's own weak primitives add to the bare ones is measured by \`npm run bench:toolkit\`.
`;
}
