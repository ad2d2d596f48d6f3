import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lag1Correlation, mannKendall } from './mann-kendall.ts';
import { autoregressive } from './testing/series-families.ts';
import { randomSource } from './testing/random-source.ts';

/** Every order of the values, the same value at two places counted twice. */
function* orders(values: readonly number[]): Generator<number[]> {
  if (values.length <= 1) yield [...values];
  for (const [at, value] of values.entries()) {
    for (const rest of orders(values.toSpliced(at, 1))) yield [value, ...rest];
  }
}

describe('Mann-Kendall', () => {
  test('its variance is that of s over all orders of the values, ties or not', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 6 }), (values) => {
        const scores = [...orders(values)].map((order) => mannKendall(Float64Array.from(order)).s);
        const squares = scores.reduce((sum, s) => sum + s * s, 0) / scores.length;
        expect(mannKendall(Float64Array.from(values)).variance).toBeCloseTo(squares, 9);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  test('falling is rising with the other sign, and neither scale nor offset matters', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 30 }), (values) => {
        const { z } = mannKendall(Float64Array.from(values));
        expect(mannKendall(Float64Array.from(values, (value) => -value)).z).toBeCloseTo(-z, 12);
        expect(mannKendall(Float64Array.from(values, (value) => 8 * value + 1024)).z).toBeCloseTo(z, 12);
      }),
    );
  });

  test('a constant has no trend, and neither has nothing', () => {
    expect(mannKendall(new Float64Array(9)).z).toBe(0);
    expect(mannKendall(new Float64Array(0)).z).toBe(0);
  });

  test('neighbours that resemble each other make it less sure, never surer', () => {
    const values = Float64Array.from({ length: 20 }, (_, at) => at);
    expect(mannKendall(values, 0.6).z).toBeLessThan(mannKendall(values).z / 1.5);
    expect(mannKendall(values, -0.6).z).toBe(mannKendall(values).z);
  });
});

test('the correlation of neighbours is recovered from noise that has it', () => {
  for (const memory of [0, 0.4, 0.8]) {
    expect(lag1Correlation(autoregressive(randomSource(7), 4000, memory, 1))).toBeCloseTo(memory, 1);
  }
  expect(lag1Correlation(new Float64Array(50))).toBe(0);
});
