/** Whether values tend to rise, whatever the shape of the rise. */
export interface MannKendall {
  /** Later pairs that are higher, less those that are lower. */
  readonly s: number;
  /** Of `s` when nothing but chance orders the values: with ties, and widened for values that resemble their neighbours. */
  readonly variance: number;
  /** Standard deviations above chance; positive for rising. */
  readonly z: number;
}

/**
 * The Mann-Kendall test, corrected for ties and for autocorrelation (Yue and Wang's effective sample size from the lag-1
 * correlation that is left when the trend is taken away). Costs n² comparisons: hand over an envelope, not raw samples.
 * Not for plateaus alone: a few steps between many ties look more certain than they are, so ask for a size of effect too.
 */
export function mannKendall(values: Float64Array, lag1Correlation = 0): MannKendall {
  const n = values.length;
  let s = 0;
  for (let later = 1; later < n; later++) {
    for (let earlier = 0; earlier < later; earlier++) s += Math.sign(values[later] - values[earlier]);
  }
  const variance = varianceWithTies(values) * inflation(n, lag1Correlation);
  return { s, variance, z: variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0 };
}

function varianceWithTies(values: Float64Array): number {
  const n = values.length;
  const term = (count: number) => count * (count - 1) * (2 * count + 5);
  const sorted = values.slice().sort();
  let total = term(n);
  for (let start = 0; start < n;) {
    let end = start + 1;
    while (end < n && sorted[end] === sorted[start]) end++;
    total -= term(end - start);
    start = end;
  }
  return total / 18;
}

/** How much wider the variance is when neighbours resemble each other. Never below one: negative correlation is not taken as a gift. */
function inflation(n: number, correlation: number): number {
  if (correlation <= 0 || n < 3) return 1;
  let sum = 0;
  let power = 1;
  for (let lag = 1; lag < n; lag++) {
    power *= correlation;
    sum += (1 - lag / n) * power;
  }
  return 1 + 2 * sum;
}

const STRONGEST = 0.95;

/** Correlation of neighbours, with the downward bias of short series taken out. Give residuals: a trend correlates with itself. */
export function lag1Correlation(residuals: Float64Array): number {
  const n = residuals.length;
  if (n < 6) return 0;
  let mean = 0;
  for (const value of residuals) mean += value / n;
  let together = 0;
  let alone = 0;
  for (let at = 0; at < n; at++) {
    const deviation = residuals[at] - mean;
    alone += deviation * deviation;
    if (at > 0) together += deviation * (residuals[at - 1] - mean);
  }
  if (alone === 0) return 0;
  return Math.min(STRONGEST, ((together / alone) * n + 1) / (n - 4));
}
