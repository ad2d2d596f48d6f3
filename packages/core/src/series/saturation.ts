import type { Columns } from './columns.ts';

/** Curves that come to rest must leave at least this much less over than a line, or the line is believed. */
const MUST_LEAVE_LESS = 0.7;
const STEP_MUST_LEAVE_LESS = 0.5;
const STEP_MUST_EXPLAIN = 0.7;

export interface ShapeFit {
  /** What each shape leaves over, as squares; the least of its family. `flat` is a constant. */
  readonly flat: number;
  readonly line: number;
  readonly saturating: number;
  readonly step: number;
  /** Index of the first point after the best step. */
  readonly stepAt: number;
  /** How far it goes up; negative when it goes down. */
  readonly stepHeight: number;
}

/** Is it a line, a curve that comes to rest (logarithm, exponential approach, a fill to a cap), or one step? By least squares. */
export function fitShapes({ timesMs, values }: Columns): ShapeFit {
  const n = values.length;
  const start = timesMs[0];
  const span = timesMs[n - 1] - start;
  const x = timesMs.map((time) => (time - start) / span);
  let saturating = Infinity;
  for (const scale of [0.01, 0.03, 0.1, 0.2])
    saturating = Math.min(
      saturating,
      leftOver(
        x.map((at) => Math.log1p(at / scale)),
        values,
      ),
    );
  for (const scale of [0.05, 0.1, 0.2, 0.3, 0.4, 0.5])
    saturating = Math.min(
      saturating,
      leftOver(
        x.map((at) => -Math.exp(-at / scale)),
        values,
      ),
    );
  for (const cap of [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
    saturating = Math.min(
      saturating,
      leftOver(
        x.map((at) => Math.min(at, cap)),
        values,
      ),
    );
  return { line: leftOver(x, values), saturating, ...bestStep(values) };
}

export function looksSaturating({ line, saturating }: ShapeFit): boolean {
  return saturating < MUST_LEAVE_LESS * line;
}

/** One step between two levels. A staircase is better told by a line, and is no single step. */
export function looksLikeOneStep({ flat, line, step }: ShapeFit): boolean {
  return step < STEP_MUST_LEAVE_LESS * line && step < (1 - STEP_MUST_EXPLAIN) * flat;
}

/** Squares that `a + b * regressor` leaves over. */
function leftOver(regressor: Float64Array, values: Float64Array): number {
  const n = values.length;
  let meanX = 0;
  let meanY = 0;
  for (let at = 0; at < n; at++) {
    meanX += regressor[at] / n;
    meanY += values[at] / n;
  }
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let at = 0; at < n; at++) {
    const dx = regressor[at] - meanX;
    const dy = values[at] - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return Math.max(0, xx === 0 ? yy : yy - (xy * xy) / xx);
}

function bestStep(values: Float64Array): Pick<ShapeFit, 'flat' | 'step' | 'stepAt' | 'stepHeight'> {
  const n = values.length;
  let total = 0;
  let squares = 0;
  for (const value of values) {
    const fromFirst = value - values[0];
    total += fromFirst;
    squares += fromFirst * fromFirst;
  }
  let step = Infinity;
  let stepAt = 1;
  let stepHeight = 0;
  let before = 0;
  for (let at = 1; at < n; at++) {
    before += values[at - 1] - values[0];
    const after = total - before;
    const left = squares - (before * before) / at - (after * after) / (n - at);
    if (left < step) {
      step = left;
      stepAt = at;
      stepHeight = after / (n - at) - before / at;
    }
  }
  return { flat: Math.max(0, squares - (total * total) / n), step: Math.max(0, step), stepAt, stepHeight };
}
