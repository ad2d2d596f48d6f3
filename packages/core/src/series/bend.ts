import type { Columns } from './columns.ts';

const KNOTS = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

/**
 * What the best line with one bend leaves over, given what a straight line does. A growth that starts late leaves long runs on
 * one side of a straight line, which would be taken for noise that resembles its neighbours, and hide the growth.
 */
export function residualsOfBend({ timesMs }: Columns, residuals: Float64Array): Float64Array {
  const n = residuals.length;
  const start = timesMs[0];
  const span = timesMs[n - 1] - start;
  let best = residuals;
  let least = squaresOf(residuals);
  for (const knot of KNOTS) {
    const bent = withoutPlane(
      timesMs.map((time) => (time - start) / span),
      knot,
      residuals,
    );
    const squares = squaresOf(bent);
    if (squares < least) {
      best = bent;
      least = squares;
    }
  }
  return best;
}

/** Least squares of `a + b x + c max(0, x - knot)`, by taking away one direction after the other (Gram-Schmidt). */
function withoutPlane(x: Float64Array, knot: number, values: Float64Array): Float64Array {
  const directions: Float64Array[] = [];
  let left = values;
  for (const column of [x.map(() => 1), x, x.map((at) => Math.max(0, at - knot))]) {
    let direction = column;
    for (const earlier of directions) direction = withoutDirection(direction, earlier);
    directions.push(direction);
    left = withoutDirection(left, direction);
  }
  return left;
}

function withoutDirection(values: Float64Array, direction: Float64Array): Float64Array {
  let along = 0;
  let length = 0;
  for (let at = 0; at < values.length; at++) {
    along += values[at] * direction[at];
    length += direction[at] * direction[at];
  }
  return length < 1e-12 ? values : values.map((value, at) => value - (along / length) * direction[at]);
}

function squaresOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
