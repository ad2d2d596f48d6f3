import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanColumns, thinned } from './columns.ts';
import { bigFalls, blockLengthFor, lowerEnvelope } from './envelope.ts';
import { fitShapes, looksLikeOneStep, looksSaturating } from './saturation.ts';

const columns = (values: readonly number[]) => ({
  timesMs: Float64Array.from(values, (_, at) => at * 1000),
  values: Float64Array.from(values),
});
const points = (count: number, valueAt: (at: number) => number) => columns(Array.from({ length: count }, (_, at) => valueAt(at)));

describe('the lower envelope', () => {
  test('is the least of each block, at its own time, and leaves out the oldest that fill none', () => {
    const { timesMs, values } = lowerEnvelope(columns([0, 9, 3, 5, 4, 8, 7]), 3);
    expect([...values]).toEqual([3, 4]);
    expect([...timesMs]).toEqual([2000, 4000]);
  });

  test('is never above any sample of its block', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (samples, length) => {
        const envelope = lowerEnvelope(columns(samples), length);
        const first = samples.length - envelope.values.length * length;
        for (const [block, low] of envelope.values.entries()) {
          expect(low).toBe(Math.min(...samples.slice(first + block * length, first + (block + 1) * length)));
        }
      }),
    );
  });

  test('its blocks reach the bottom of every tooth', () => {
    const teeth = Float64Array.from({ length: 400 }, (_, at) => at % 23);
    expect(blockLengthFor(teeth)).toBeGreaterThanOrEqual(23);
    expect(blockLengthFor(Float64Array.from({ length: 400 }, (_, at) => at))).toBe(8);
    expect(blockLengthFor(new Float64Array(30))).toBe(2);
    expect(blockLengthFor(new Float64Array(100_000))).toBe(417);
  });

  test('teeth are falls without rises: noise has both, a trend has neither', () => {
    expect(bigFalls(Float64Array.from({ length: 60 }, (_, at) => at % 10))).toEqual([10, 20, 30, 40, 50]);
    expect(bigFalls(Float64Array.from({ length: 60 }, (_, at) => at % 2))).toEqual([]);
    expect(bigFalls(Float64Array.from({ length: 60 }, (_, at) => at))).toEqual([]);
  });
});

describe('columns', () => {
  test('what is no number, or goes back in time, is left out', () => {
    const cleaned = cleanColumns(Float64Array.of(1, 2, 2, Number.NaN, 1, 5, 6), Float64Array.of(1, 2, 3, 4, 5, Infinity, 7));
    expect([...cleaned.timesMs]).toEqual([1, 2, 6]);
    expect([...cleaned.values]).toEqual([1, 2, 7]);
  });

  test('thinning keeps both ends', () => {
    const { timesMs } = thinned(
      points(1000, (at) => at),
      7,
    );
    expect([timesMs.length, timesMs[0], timesMs[6]]).toEqual([7, 0, 999_000]);
  });
});

describe('shapes', () => {
  const line = points(30, (at) => 3 * at);
  const staircase = points(30, (at) => Math.floor(at / 5));
  const fill = points(30, (at) => Math.min(at, 12));
  const approach = points(30, (at) => 1 - Math.exp(-at / 6));
  const step = points(30, (at) => (at < 11 ? 0 : 5));

  test('a curve that comes to rest is told from a line, a staircase and growth that gets faster', () => {
    expect([fill, approach].map((shape) => looksSaturating(fitShapes(shape)))).toEqual([true, true]);
    const others = [line, staircase, points(30, (at) => at * at), points(30, (at) => Math.max(0, at - 12))];
    expect(others.map((shape) => looksSaturating(fitShapes(shape)))).toEqual([false, false, false, false]);
  });

  test('one step is told from a staircase, with its place and height', () => {
    expect(fitShapes(step)).toMatchObject({ step: 0, stepAt: 11, stepHeight: 5 });
    expect(looksLikeOneStep(fitShapes(step))).toBe(true);
    expect([line, staircase, fill].map((shape) => looksLikeOneStep(fitShapes(shape)))).toEqual([false, false, false]);
  });
});
