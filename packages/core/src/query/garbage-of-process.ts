import type { Series } from '../report/index.ts';
import type { SessionProcess } from './session.ts';

/** Objects that no root reaches, in one dump: the collector has not come by yet. */
export interface GarbageReading {
  readonly atMs: number;
  readonly objects: number;
}

/** Share of the growing blocks that garbage must make up to be the reason for their growth. */
const MOST = 0.5;
const WORTH_A_WORD = 1000;
const EXPLAINED_METRICS = new Set(['rssBytes', 'blocks']);

export interface GarbageAnswer {
  /** True when memory grows by garbage that a collection will take: no doubt about leaks follows from the curves then. */
  readonly explains: boolean;
  readonly note: string | undefined;
}

/**
 * Is it garbage that makes memory grow between two full collections? Only where a full collection came by during the
 * observation: a collector that is switched off, or never comes, is a leak of its own kind.
 */
export function garbageOfProcess(process: SessionProcess, readings: readonly GarbageReading[]): GarbageAnswer {
  const first = readings[0];
  const last = readings.at(-1);
  if (first === undefined || last === undefined || last.objects - first.objects < WORTH_A_WORD) return { explains: false, note: undefined };
  const before = sampleAt(process, first.atMs);
  const after = sampleAt(process, last.atMs);
  const collected = (after?.gcCollections.at(-1) ?? 0) > (before?.gcCollections.at(-1) ?? 0);
  const blocks = (after?.blocks ?? 0) - (before?.blocks ?? 0);
  const explains = collected && last.objects - first.objects >= MOST * blocks;
  const note = `Garbage that waits for the collector grew from ${first.objects} to ${last.objects} objects${collected ? '' : ', and no full collection came by'}.`;
  return { explains, note };
}

/** The curves without those that garbage explains, for the verdict. */
export function withoutGarbage(series: readonly Series[], { explains }: GarbageAnswer): readonly Series[] {
  return series.map((each) =>
    explains && EXPLAINED_METRICS.has(each.metric) && each.verdict === 'growing' ? { ...each, verdict: 'sawtooth' } : each,
  );
}

function sampleAt(process: SessionProcess, atMs: number): SessionProcess['samples'][number] | undefined {
  return process.samples.findLast((sample) => sample.atMs <= atMs) ?? process.samples[0];
}
