import type { Columns } from '../columns.ts';
import { randomSource, type RandomSource } from './random-source.ts';

/** Shapes of memory over time, in megabytes on a base of 150 to 250, one sample per second, with AR(1) noise. After the experiment in notes A11. */
export type Family = (random: RandomSource, samples: number) => Float64Array;

export function makeSeries(family: Family, seed: number, samples: number): Columns {
  const random = randomSource(seed);
  const base = random.between(150, 250);
  const noise = autoregressive(random, samples, random.between(0, 0.9), random.between(0.1, 1));
  const shape = family(random, samples);
  return {
    timesMs: Float64Array.from({ length: samples }, (_, at) => at * 1000),
    values: noise.map((value, at) => base + value + shape[at]),
  };
}

/** Each value remembers `memory` of the one before. */
export function autoregressive(random: RandomSource, samples: number, memory: number, deviation: number): Float64Array {
  const values = new Float64Array(samples);
  for (let at = 1; at < samples; at++) values[at] = memory * values[at - 1] + deviation * random.normal();
  return values;
}

function shape(samples: number, valueAt: (at: number) => number): Float64Array {
  return Float64Array.from({ length: samples }, (_, at) => valueAt(at));
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value + b[at]);
}

export const steady: Family = (_random, samples) => new Float64Array(samples);

export const sawtooth: Family = (random, samples) => {
  const height = random.between(10, 60);
  const period = random.between(6, 40);
  let level = 0;
  let left = period;
  return shape(samples, () => {
    level += (height / period) * (1 + 0.3 * random.normal());
    if (--left <= 0) {
      level = Math.abs(random.normal()) * 0.03 * height;
      left = Math.max(4, period * (1 + 0.2 * random.normal()));
    }
    return level;
  });
};

export const warmUp: Family = (random, samples) => {
  const height = random.between(20, 120);
  const time = samples * random.between(0.04, 0.25);
  return shape(samples, (at) => height * (1 - Math.exp(-at / time)));
};

export const warmUpWithSawtooth: Family = (random, samples) => sum(warmUp(random, samples), sawtooth(random, samples));

/** Fills to its bound and stays there. */
export const cacheFill: Family = (random, samples) => {
  const cap = random.between(20, 100);
  const full = samples * random.between(0.1, 0.6);
  return shape(samples, (at) => Math.min(1, at / full) * cap);
};

export const logarithmic: Family = (random, samples) => {
  const scale = random.between(4, 12);
  return shape(samples, (at) => scale * Math.log1p(at / 5));
};

export const oneStep: Family = (random, samples) => {
  const at0 = Math.floor(samples * random.between(0.05, 0.9));
  const height = random.between(5, 40);
  return shape(samples, (at) => (at < at0 ? 0 : height));
};

export const daily: Family = (random, samples) => {
  const height = random.between(10, 50);
  const period = samples * random.between(0.25, 1);
  const phase = random.uniform();
  return shape(samples, (at) => height * Math.sin(2 * Math.PI * (at / period + phase)));
};

/** Up and down again, once. */
export const oneBurst: Family = (random, samples) => {
  const from = samples * random.between(0.25, 0.4);
  const until = samples * random.between(0.5, 0.75);
  const height = random.between(20, 80);
  return shape(samples, (at) => (at >= from && at < until ? height : 0));
};

export const ramp =
  (perSample: number): Family =>
  (_random, samples) =>
    shape(samples, (at) => perSample * at);

export const rampUnderSawtooth =
  (perSample: number): Family =>
  (random, samples) =>
    sum(
      sawtooth(random, samples),
      shape(samples, (at) => perSample * at),
    );

/** A tenth of the moments bring ten times as much. */
export const burstyLeak =
  (perSample: number): Family =>
  (random, samples) => {
    let level = 0;
    return shape(samples, () => (level += random.uniform() < 0.1 ? -Math.log(1 - random.uniform()) * perSample * 10 : 0));
  };

export const lateLeak =
  (perSample: number): Family =>
  (random, samples) => {
    const start = samples * random.between(0.2, 0.5);
    return shape(samples, (at) => perSample * Math.max(0, at - start));
  };
