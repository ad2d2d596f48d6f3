/** How many objects a place must have gained in all before its growth is worth a word: less is start-up and chance. */
export const LEAST_GAIN = 10;

/** True when a series rises from every dump to the next and gains enough in all. */
export function rises(series: ArrayLike<number>, leastGain = LEAST_GAIN): boolean {
  if (series.length < 2) return false;
  for (let i = 1; i < series.length; i++) if (!(series[i] > series[i - 1])) return false;
  return series[series.length - 1] - series[0] >= leastGain;
}

/**
 * Speed of the later half over that of the earlier half: near 1 for a leak under steady work, near 0 for a cache that
 * fills up or for a program that is still starting. Infinite when all growth is recent; 1 when there are too few dumps to tell.
 */
export function laterOverEarlier(times: readonly number[], series: ArrayLike<number>): number {
  if (times.length < 3) return 1;
  const middle = Math.floor((times.length - 1) / 2);
  const last = times.length - 1;
  const earlier = (series[middle] - series[0]) / (times[middle] - times[0]);
  const later = (series[last] - series[middle]) / (times[last] - times[middle]);
  return earlier <= 0 ? Infinity : later / earlier;
}
