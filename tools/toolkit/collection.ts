import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProgram } from './bundle-program.ts';
import { classCounts, type ClassCounts } from './class-counts.ts';
import { nodeRuntime } from './node-runtime.ts';
import type { Runtime } from './runtime.ts';

export interface CollectionOptions {
  /** 20 unless given. */
  readonly rounds?: number;
  /** Rounds after which the heap is looked at, ascending; the first is the baseline. After rounds 3, 8, 14 and the last unless given. */
  readonly snapshotAfter?: readonly number[];
  /** This Node unless given. */
  readonly runtime?: Runtime;
}

/** What was left after the rounds of a program. `clean` sums it up; tests compare `leftovers`, which reads better when it fails. */
export interface Collection {
  readonly runtime: string;
  readonly rounds: number;
  /** Empty when all counts of objects are exactly those of the baseline at the last look, all tables to their sizes, and the process ended by itself. */
  readonly leftovers: readonly string[];
  readonly clean: boolean;
  /** Counts of the snapshots, in order; the first is the baseline. */
  readonly counts: readonly ClassCounts[];
  /** Objects of a class in the last snapshot. */
  readonly count: (className: string) => number;
  /** Sizes of the program's tables after each round. */
  readonly tables: readonly Readonly<Record<string, number>>[];
}

/** Bundles a program, runs its rounds in a process of its own, and compares what is left after them. See README.md. */
export async function collectionOf(programPath: string, options: CollectionOptions = {}): Promise<Collection> {
  const rounds = options.rounds ?? 20;
  const snapshotAfter =
    options.snapshotAfter ?? [3, 8, 14, rounds].filter((round, at, all) => round <= rounds && all.indexOf(round) === at);
  const runtime = options.runtime ?? nodeRuntime();
  const folder = mkdtempSync(join(tmpdir(), `heaptrail-collection-${process.pid}-`));
  try {
    const seen = await runtime.run({ script: await bundleProgram(programPath), rounds, snapshotAfter, folder });
    const counts: ClassCounts[] = [];
    for (const path of seen.snapshots) counts.push(await classCounts(path));
    const tables = seen.rounds.map((round) => round.tables);
    const leftovers = [
      ...tablesThatChanged(tables.slice(snapshotAfter[0] - 1)),
      ...classesThatChanged(counts, snapshotAfter),
      ...cellsThatPileUp(counts, snapshotAfter),
      ...seen.keptAliveBy.map((what) => `process kept alive by ${what}`),
    ];
    const last = counts[counts.length - 1];
    const count = (className: string): number => last.get(className) ?? 0;
    return { runtime: runtime.name, rounds, leftovers, clean: leftovers.length === 0, counts, count, tables };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tablesThatChanged(tables: readonly Readonly<Record<string, number>>[]): string[] {
  const [baseline] = tables;
  return Object.keys(baseline)
    .filter((name) => tables.some((table) => table[name] !== baseline[name]))
    .map((name) => `table ${name}: ${tables.map((table) => table[name]).join(' ')}`);
}

function classesThatChanged(counts: readonly ClassCounts[], snapshotAfter: readonly number[]): string[] {
  const names = new Set(counts.flatMap((each) => [...each.keys()]));
  return [...names]
    .filter((name) => !isRuntimeBusiness(name))
    .filter((name) => hasChanged(name, counts))
    .map((name) => `${name}: ${counts.map((each, at) => `${each.get(name) ?? 0} after round ${snapshotAfter[at]}`).join(', ')}`)
    .sort();
}

/**
 * What is left is there at the last look, exactly as many or not. An object that is there at one look between and gone at the
 * next was let go of: once in a few hundred runs V8 keeps the last task of a round until the next one. Of plain arrays and
 * objects the runtime has a few more at times: those that pile up never come back to the baseline.
 */
function hasChanged(name: string, [baseline, ...later]: readonly ClassCounts[]): boolean {
  const before = baseline.get(name) ?? 0;
  if (name === 'Array' || name === 'Object') return later.every((each) => (each.get(name) ?? 0) > before);
  return (later[later.length - 1].get(name) ?? 0) !== before;
}

/** What compilers and the runtime make and drop as they like: code, object shapes, numbers, texts; in browsers what pages are made of. */
function isRuntimeBusiness(name: string): boolean {
  return /^\(|^system \/ (?!Context$)|::|^(Performance|TaskAttribution)/.test(name);
}

/**
 * In Node the cells of finalizers go by this name, among much of the runtime's own that comes and goes by ones: what counts
 * is growth by one a round or more.
 */
function cellsThatPileUp(counts: readonly ClassCounts[], snapshotAfter: readonly number[]): string[] {
  const cells = counts.map((each) => each.get('(system)') ?? 0);
  const piles = cells.slice(1).every((count, at) => count - cells[at] >= snapshotAfter[at + 1] - snapshotAfter[at]);
  return piles && cells.length > 1 ? [`(system), cells of finalizers among them: ${cells.join(', ')}`] : [];
}
