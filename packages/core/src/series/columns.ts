/** Values over time, oldest first. Two columns of the same length; times never go back. */
export interface Columns {
  readonly timesMs: Float64Array;
  readonly values: Float64Array;
}

const LARGEST = 1e30;
const SHORTEST_STEP_MS = 1e-3;

export function sliceColumns({ timesMs, values }: Columns, start: number, end = values.length): Columns {
  return { timesMs: timesMs.subarray(start, end), values: values.subarray(start, end) };
}

/** Without what is not a number, and without samples whose clock went back: both come from broken files, and neither may break a rule. */
export function cleanColumns(timesMs: Float64Array, values: Float64Array): Columns {
  const length = Math.min(timesMs.length, values.length);
  const times = new Float64Array(length);
  const kept = new Float64Array(length);
  let count = 0;
  for (let at = 0; at < length; at++) {
    // Not finite, or so large that a difference of two would not be.
    if (!(Math.abs(values[at]) < LARGEST && Math.abs(timesMs[at]) < LARGEST)) continue;
    if (count > 0 && timesMs[at] < times[count - 1] + SHORTEST_STEP_MS) continue;
    times[count] = timesMs[at];
    kept[count++] = values[at];
  }
  return { timesMs: times.subarray(0, count), values: kept.subarray(0, count) };
}

/** At most `most` points, evenly chosen, always the same ones. */
export function thinned(columns: Columns, most: number): Columns {
  const { length } = columns.values;
  if (length <= most) return columns;
  const at = Float64Array.from({ length: most }, (_, index) => Math.floor((index * (length - 1)) / (most - 1)));
  return { timesMs: at.map((index) => columns.timesMs[index]), values: at.map((index) => columns.values[index]) };
}

export function spanSeconds({ timesMs }: Columns): number {
  return timesMs.length < 2 ? 0 : (timesMs[timesMs.length - 1] - timesMs[0]) / 1000;
}
