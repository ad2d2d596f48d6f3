import { expect, test } from 'vitest';
import { varianceOfSample } from './variance-of-sample.ts';

const INTERVAL = 1000;

/** What V8 does: each byte is looked at with the chance of 1 in an interval; a sample stands for its size over its chance to be seen, in whole objects. */
function estimates(objectBytes: number, objects: number, random: () => number): { readonly bytes: number; readonly variance: number } {
  const chance = 1 - Math.exp(-objectBytes / INTERVAL);
  const sample = objectBytes * Math.round(1 / chance);
  let bytes = 0;
  let variance = 0;
  for (let object = 0; object < objects; object++) {
    if (random() >= chance) continue;
    bytes += sample;
    variance += varianceOfSample(sample, INTERVAL);
  }
  return { bytes, variance };
}

/** Mulberry32: the same numbers every time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

test.each([
  [10, 10_000],
  [100, 1000],
  [400, 300],
  [3000, 40],
  [20_000, 5],
])('objects of %i bytes, one look in 1000: the stated interval holds 19 times of 20', (objectBytes, objects) => {
  const random = randomFrom(objectBytes);
  const truth = objectBytes * Math.round(1 / (1 - Math.exp(-objectBytes / INTERVAL))) * (1 - Math.exp(-objectBytes / INTERVAL)) * objects;
  let held = 0;
  for (let run = 0; run < 1000; run++) {
    const { bytes, variance } = estimates(objectBytes, objects, random);
    if (Math.abs(bytes - truth) <= 1.96 * Math.sqrt(variance)) held++;
  }
  expect(held).toBeGreaterThan(930);
});

test('what is always seen has no error, and of what is seldom seen one sample may be wrong by all of it', () => {
  expect(Math.sqrt(varianceOfSample(100 * INTERVAL, INTERVAL))).toBeLessThan(1e-15 * 100 * INTERVAL);
  expect(Math.sqrt(varianceOfSample(INTERVAL, INTERVAL))).toBe(INTERVAL);
});
