import { spawnSync } from 'node:child_process';
import type { Runtime } from './runtimes.ts';

/** How child refers to parent; `cleared` is the strong cycle with both references removed before the pair is dropped. */
export const WAYS = ['strong', 'weak', 'cleared', 'finalizer'] as const;
export type Way = (typeof WAYS)[number];

/** What one process saw: the programs print it. */
export interface WaySeen {
  /** User and system time of making, reading and dropping all pairs, collections and callbacks included. */
  readonly cpuMs: number;
  readonly created: number;
  /** Objects that nobody could reach and that still waited for the collector after the last drop. CPython only: V8 tells it only by collecting. */
  readonly waiting?: number;
  /** Objects, and entries of finalizers, that a collection left. */
  readonly left: number;
  readonly collections: number;
  /** Time of the clock on the wall, so that a busy machine makes it longer. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
  /** A living pair with what its way of referring needs. */
  readonly bytesOfPair: number;
}

export interface WayMeasured extends WaySeen {
  readonly way: Way;
  readonly runtime: string;
  /** CPU time to that of the strong cycle, the median of the ratios within each turn. */
  readonly ratioToStrong: number;
}

export class ReferencesFailed extends Error {}

/** Each way in a process of its own, in turns, so that what slows one turn slows all four. Medians of the turns. */
export function measureWays(runtime: Runtime, pairs: number, turns: number): WayMeasured[] {
  const seen = WAYS.map((): WaySeen[] => []);
  for (let turn = 0; turn < turns; turn++) for (const [at, way] of WAYS.entries()) seen[at].push(runWay(runtime, way, pairs));
  const [strong] = seen;
  return WAYS.map((way, at) => {
    const middle = (what: (run: WaySeen) => number): number => median(seen[at].map(what));
    return {
      way,
      runtime: runtime.name,
      cpuMs: middle(({ cpuMs }) => cpuMs),
      created: middle(({ created }) => created),
      ...(strong[0].waiting === undefined ? {} : { waiting: middle(({ waiting }) => waiting ?? 0) }),
      left: Math.max(...seen[at].map(({ left }) => left)),
      collections: middle(({ collections }) => collections),
      pauseMs: middle(({ pauseMs }) => pauseMs),
      longestPauseMs: middle(({ longestPauseMs }) => longestPauseMs),
      bytesOfPair: middle(({ bytesOfPair }) => bytesOfPair),
      ratioToStrong: median(seen[at].map(({ cpuMs }, turn) => cpuMs / strong[turn].cpuMs)),
    };
  });
}

export function runWay({ name, command: [executable, ...args] }: Runtime, way: Way, pairs: number): WaySeen {
  const { status, stdout, stderr } = spawnSync(executable, [...args, way, String(pairs)], { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) throw new ReferencesFailed(`${name}, ${way}: exit code ${status}\n${stderr.slice(-2000)}`);
  return JSON.parse(stdout) as WaySeen;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
