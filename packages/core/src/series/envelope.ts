import type { Columns } from './columns.ts';
import { median, quantile } from './order-statistics.ts';

const SHORTEST_BLOCKS_FOR = 12;
const USUAL_BLOCK = 8;
const MOST_BLOCKS = 240;
/** A fall of this share of the whole range ends one tooth of a sawtooth. */
const TOOTH = 0.3;
const RISES_FOR_A_TOOTH = 3;

/**
 * The lower envelope: the least value of each block of samples. Garbage between collections and passing load stand above it,
 * what stays lifts it.
 */
export function lowerEnvelope({ timesMs, values }: Columns, blockLength: number): Columns {
  const blocks = Math.floor(values.length / blockLength);
  const times = new Float64Array(blocks);
  const lowest = new Float64Array(blocks);
  // What does not fill a block is left out at the old end, for the newest samples say most about the trend.
  const first = values.length - blocks * blockLength;
  for (let block = 0; block < blocks; block++) {
    let at = first + block * blockLength;
    for (let index = at + 1; index < first + (block + 1) * blockLength; index++) if (values[index] < values[at]) at = index;
    times[block] = timesMs[at];
    lowest[block] = values[at];
  }
  return { timesMs: times, values: lowest };
}

/** How many samples make a block: enough to reach the bottom of every tooth, few enough to leave blocks for a trend. */
export function blockLengthFor(values: Float64Array): number {
  const byLength = Math.min(USUAL_BLOCK, Math.floor(values.length / SHORTEST_BLOCKS_FOR));
  const byMost = Math.ceil(values.length / MOST_BLOCKS);
  const falls = bigFalls(values);
  const byTeeth = falls.length >= 3 ? longestGap(falls) : 0;
  const longest = Math.floor(values.length / 8);
  return Math.max(1, byMost > byLength ? byMost : byLength, Math.min(byTeeth, longest));
}

/**
 * Where the values fall at once by a good part of the whole range, the trend taken away: what a collection does. Noise rises as
 * often as it falls, so values that do both have no teeth.
 */
export function bigFalls(values: Float64Array): number[] {
  const flat = withoutTrend(values);
  const large = TOOTH * (quantile(flat, 0.98) - quantile(flat, 0.02));
  const falls: number[] = [];
  let rises = 0;
  for (let at = 1; at < flat.length && large > 0; at++) {
    const change = flat[at] - flat[at - 1];
    if (change <= -large) falls.push(at);
    else if (change >= large) rises++;
  }
  return rises * RISES_FOR_A_TOOTH > falls.length ? [] : falls;
}

/** Roughly: by the medians of the first and the last third. */
function withoutTrend(values: Float64Array): Float64Array {
  const third = Math.floor(values.length / 3);
  if (third === 0) return values;
  const perSample = (median(values.subarray(-third)) - median(values.subarray(0, third))) / (values.length - third);
  return values.map((value, at) => value - perSample * at);
}

function longestGap(places: readonly number[]): number {
  let longest = 0;
  for (let at = 1; at < places.length; at++) longest = Math.max(longest, places[at] - places[at - 1]);
  return longest;
}
