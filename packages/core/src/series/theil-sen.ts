import { thinned, type Columns } from './columns.ts';

const MOST_POINTS = 2000;

export interface SenSlope {
  readonly perSecond: number;
  readonly intercept: number;
  /** Two-sided, at the level of the z that was asked for. */
  readonly interval: readonly [number, number];
}

/**
 * The Theil-Sen line: the median of the slopes between all pairs of points; a third of the points may be wild. The interval
 * follows from the variance of Mann-Kendall's s. Costs n² log n in at most 2000 points; of more, 2000 are taken evenly.
 */
export function theilSen(columns: Columns, varianceOfS: number, z = 1.96): SenSlope {
  const { timesMs, values } = thinned(columns, MOST_POINTS);
  const n = values.length;
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let count = 0;
  for (let later = 1; later < n; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      const seconds = (timesMs[later] - timesMs[earlier]) / 1000;
      if (seconds > 0) slopes[count++] = (values[later] - values[earlier]) / seconds;
    }
  }
  const sorted = slopes.subarray(0, count).sort();
  if (count === 0) return { perSecond: 0, intercept: n > 0 ? values[0] : 0, interval: [0, 0] };
  const reach = z * Math.sqrt(varianceOfS);
  const low = Math.max(0, Math.floor((count - reach) / 2));
  const high = Math.min(count - 1, Math.ceil((count + reach) / 2));
  const perSecond = middle(sorted);
  const offsets = values.map((value, at) => value - (perSecond * timesMs[at]) / 1000).sort();
  return { perSecond, intercept: middle(offsets), interval: [sorted[low], sorted[high]] };
}

/** What is left of the values when the line is taken away. */
export function residualsOf(
  { timesMs, values }: Columns,
  { perSecond, intercept }: Pick<SenSlope, 'perSecond' | 'intercept'>,
): Float64Array {
  return values.map((value, at) => value - intercept - (perSecond * timesMs[at]) / 1000);
}

function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
