/** An object of so many intervals stands for itself alone; below, a sample may stand for several. */
const OF_ITSELF = 2.2;

/**
 * How much one sample tells, as the variance (bytes²) that it adds to an estimate. V8 looks at one byte in every interval, at
 * random, so an object of s bytes is seen with the probability p = 1 - exp(-s / interval), and its sample stands for s / p,
 * rounded to whole objects. The variance of such an estimate is (1 - p) of its square (Horvitz and Thompson): all of it for small
 * objects, of which chance sees a few, and nothing for those of many intervals, which are always seen.
 *
 * @param intervalBytes which the file does not name: its smallest sample is a little more, and if all were large it is too much,
 *   which only makes the answer more careful
 */
export function varianceOfSample(bytes: number, intervalBytes: number): number {
  const intervals = bytes / intervalBytes;
  return bytes * bytes * (intervals > OF_ITSELF ? Math.exp(-intervals) : 1);
}
