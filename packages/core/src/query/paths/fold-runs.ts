/** Steps that may repeat together: lists repeat one (`.next`), reactions of promises and linked pairs two or three. */
export const LONGEST_UNIT = 3;
/** Repetitions from which a run is folded: two of the same are read faster than a count of them. */
export const LEAST_TIMES = 3;

/** A part of a sequence: `steps` entries from `start` on, and the same again, `times` times in all. */
export interface Run {
  readonly start: number;
  readonly steps: number;
  readonly times: number;
}

/**
 * A sequence as runs, in order and without gaps: what repeats at least three times in a row is one run, all else a run of
 * one entry. The run that is complete first wins, of several the one with the shorter unit; so what follows does not change
 * what was folded before, and `PathKeys` can do the same step by step. O(entries).
 */
export function foldRuns(entries: readonly string[]): readonly Run[] {
  const runs: Run[] = [];
  for (let i = 0; i < entries.length; i++) {
    runs.push({ start: i, steps: 1, times: 1 });
    if (!lengthen(entries, runs)) begin(entries, runs);
  }
  return runs;
}

/** Adds the last entries to the run before them when they say the same once more. */
function lengthen(entries: readonly string[], runs: Run[]): boolean {
  for (let steps = 1; steps <= LONGEST_UNIT && steps < runs.length; steps++) {
    const run = runs[runs.length - 1 - steps];
    if (run.times === 1) continue;
    if (run.steps !== steps || !isSame(entries, run.start, run.start + run.steps * run.times, steps)) return false;
    runs.length -= steps + 1;
    runs.push({ ...run, times: run.times + 1 });
    return true;
  }
  return false;
}

/** Makes a run of the last entries when they are three times the same. */
function begin(entries: readonly string[], runs: Run[]): void {
  for (let steps = 1; steps <= LONGEST_UNIT; steps++) {
    const first = runs.length - steps * LEAST_TIMES;
    if (first < 0) return;
    if (runs.slice(first).some(({ times }) => times > 1)) return;
    const { start } = runs[first];
    if (!isSame(entries, start, start + steps, steps * (LEAST_TIMES - 1))) continue;
    runs.length = first;
    runs.push({ start, steps, times: LEAST_TIMES });
    return;
  }
}

function isSame(entries: readonly string[], a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (entries[a + i] !== entries[b + i]) return false;
  return true;
}
