import type { Series } from '../report/index.ts';
import { judgeSeries, type SeriesResult } from '../series/index.ts';
import type { AgentSample, ProcSample, SessionProcess } from './session.ts';

/** Growth over the window below which a curve is flat for all that anybody cares, by metric, in its unit. */
const LEAST_GROWTH: Readonly<Record<string, number>> = {
  rssBytes: 256 * 1024,
  blocks: 2000,
  threads: 3,
  tasks: 5,
  finalizers: 5,
  descriptors: 3,
};

const FEWEST_SAMPLES = 12;

/** Every curve of a process after start-up, judged. Curves that were never measured are left out. */
export function seriesOfProcess(process: SessionProcess, fromMs: number): readonly Series[] {
  const proc = process.proc.filter((sample) => sample.atMs >= fromMs);
  const samples = process.samples.filter((sample) => sample.atMs >= fromMs);
  return [
    judged('rssBytes', proc, (sample) => sample.rssBytes),
    judged('blocks', samples, (sample) => sample.blocks),
    judged('threads', samples, (sample) => sample.threads),
    judged('tasks', samples, (sample) => sample.tasks ?? undefined),
    judged('finalizers', samples, (sample) => sample.finalizers ?? undefined),
    judged('descriptors', proc, (sample) => Object.values(sample.fds).reduce((sum, count) => sum + count, 0)),
  ].filter((series) => series !== undefined);
}

function judged<T extends AgentSample | ProcSample>(
  metric: string,
  samples: readonly T[],
  value: (sample: T) => number | undefined,
): Series | undefined {
  const measured = samples.filter((sample) => value(sample) !== undefined);
  if (measured.length === 0) return undefined;
  const times = Float64Array.from(measured, (sample) => sample.atMs);
  const values = Float64Array.from(measured, (sample) => value(sample)!);
  const result =
    stillness(times, values, LEAST_GROWTH[metric] ?? 0) ?? judgeSeries(times, values, { minimumGrowth: LEAST_GROWTH[metric] ?? 0 });
  return {
    metric,
    verdict: result.verdict,
    slopePerSecond: rounded(result.slopePerSecond),
    interval: result.interval === null ? null : [rounded(result.interval[0])!, rounded(result.interval[1])!],
    smallestDetectablePerSecond: rounded(result.smallestDetectablePerSecond),
    secondsToLimit: null,
    reasons: [...result.reasons],
  };
}

/** A curve that never leaves a band as narrow as the growth that would matter is steady, however its few steps fall. */
function stillness(times: Float64Array, values: Float64Array, minimumGrowth: number): SeriesResult | undefined {
  const span = (times[times.length - 1] - times[0]) / 1000;
  if (values.length < FEWEST_SAMPLES || span <= 0 || Math.max(...values) - Math.min(...values) >= minimumGrowth) return undefined;
  return {
    verdict: 'steady',
    slopePerSecond: 0,
    interval: [0, 0],
    smallestDetectablePerSecond: minimumGrowth / span,
    reasons: [`never left a band of ${minimumGrowth}`],
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000;
}
