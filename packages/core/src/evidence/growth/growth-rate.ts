/** Speed of a series: least-squares slope, and the range of slopes between any two dumps. Per second. */
export interface Rate {
  readonly perSecond: number;
  readonly interval: readonly [number, number];
}

/** Times in milliseconds. A series has few points (one per dump), so all pairs are looked at; the interval drops nothing. */
export function rateOf(timesMs: readonly number[], series: ArrayLike<number>): Rate {
  const n = timesMs.length;
  let low = Infinity;
  let high = -Infinity;
  let meanTime = 0;
  let meanValue = 0;
  for (let i = 0; i < n; i++) {
    meanTime += timesMs[i] / 1000 / n;
    meanValue += series[i] / n;
    for (let j = i + 1; j < n; j++) {
      const slope = ((series[j] - series[i]) * 1000) / (timesMs[j] - timesMs[i]);
      low = Math.min(low, slope);
      high = Math.max(high, slope);
    }
  }
  let covariance = 0;
  let variance = 0;
  for (let i = 0; i < n; i++) {
    const time = timesMs[i] / 1000 - meanTime;
    covariance += time * (series[i] - meanValue);
    variance += time * time;
  }
  return { perSecond: variance === 0 ? 0 : covariance / variance, interval: [low, high] };
}
