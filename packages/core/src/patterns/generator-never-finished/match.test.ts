import { describe, expect, it } from 'vitest';
import { each, evidenceOf } from '../testing/evidence-of.ts';
import { generatorNeverFinished } from './match.ts';

const streams = (n: number, line: (i: number) => number, type = 'generator'): string =>
  `module app = m\nm .streams l\n${each(n, (i) => `g${i}: ${type}\nl [${i}] g${i}\ng${i} @ app.py:${line(i)} stream`)}`;

describe('generator-never-finished', () => {
  it('names generators that were left at one yield', () => {
    const match = generatorNeverFinished.match(evidenceOf((n) => streams(n, () => 7)));
    expect(match?.evidence).toEqual(['48 of 48 new generators stand at one yield: stream (app.py:7)']);
  });

  it('keeps silent where they stand at many lines', () => {
    expect(generatorNeverFinished.match(evidenceOf((n) => streams(n, (i) => i + 1)))).toBeUndefined();
  });

  it('keeps silent on other things that were made at one line', () => {
    expect(generatorNeverFinished.match(evidenceOf((n) => streams(n, () => 7, 'item')))).toBeUndefined();
  });
});
