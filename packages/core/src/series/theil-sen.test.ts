import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mannKendall } from './mann-kendall.ts';
import { randomSource } from './testing/random-source.ts';
import { theilSen } from './theil-sen.ts';

const columns = (values: readonly number[], stepMs = 1000) => ({
  timesMs: Float64Array.from(values, (_, at) => at * stepMs),
  values: Float64Array.from(values),
});
const variance = (values: readonly number[]) => mannKendall(Float64Array.from(values)).variance;

describe('Theil-Sen', () => {
  test('is the median of the slopes of all pairs', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 25 }), (values) => {
        const slopes = values
          .flatMap((later, j) => values.slice(0, j).map((earlier, i) => (later - earlier) / (j - i)))
          .sort((a, b) => a - b);
        const half = slopes.length >> 1;
        const middle = slopes.length % 2 === 1 ? slopes[half] : (slopes[half - 1] + slopes[half]) / 2;
        const { perSecond, interval } = theilSen(columns(values), variance(values));
        expect(perSecond).toBeCloseTo(middle, 9);
        expect(interval[0]).toBeLessThanOrEqual(perSecond);
        expect(interval[1]).toBeGreaterThanOrEqual(perSecond);
      }),
    );
  });

  test('a quarter of wild values does not move it', () => {
    const values = Array.from({ length: 40 }, (_, at) => (at % 4 === 3 ? 1e6 * (at % 8 === 3 ? 1 : -1) : 5 * at));
    expect(theilSen(columns(values), variance(values)).perSecond).toBeCloseTo(5, 5);
  });

  test('its 95 % interval holds the true slope in 95 % of cases', () => {
    const random = randomSource(11);
    let held = 0;
    for (let run = 0; run < 1000; run++) {
      const values = Array.from({ length: 24 }, (_, at) => 3 * at + 10 * random.normal());
      const [low, high] = theilSen(columns(values), variance(values)).interval;
      if (low <= 3 && 3 <= high) held++;
    }
    expect(held).toBeGreaterThan(930);
    expect(held).toBeLessThan(985);
  });

  test('a hundred thousand points cost no more than two thousand', () => {
    const values = Array.from({ length: 100_000 }, (_, at) => 2 * at);
    const startedAt = performance.now();
    expect(theilSen(columns(values, 500), 1e9).perSecond).toBeCloseTo(4, 9);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});
