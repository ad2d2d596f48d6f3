import { describe, expect, test } from 'vitest';
import { decideVerdict, type VerdictInput } from './verdict.ts';
import type { SeriesVerdict } from '../series/series-verdict.ts';

const rss = (verdict: SeriesVerdict, smallestDetectablePerSecond: number | null = 4000) => ({
  metric: 'rssBytes',
  verdict,
  smallestDetectablePerSecond,
});
const clean: VerdictInput = { findings: [], series: [rss('steady')], countedDumps: 5, openGrowth: [] };

describe('the verdict', () => {
  test('one leak is enough, even after two dumps', () => {
    expect(decideVerdict({ ...clean, findings: [{ kind: 'suspicion' }, { kind: 'leak' }], countedDumps: 2 }).verdict).toBe('leak');
  });

  test('trends alone make a suspicion', () => {
    expect(decideVerdict({ ...clean, findings: [{ kind: 'suspicion' }] }).verdict).toBe('suspicion');
  });

  test('cannot say "no leak" of a heap in which something may still turn out to be one', () => {
    expect(decideVerdict({ ...clean, openGrowth: ['dict grew, but it levels off.'] })).toEqual({
      verdict: 'cannot-tell',
      notes: ['dict grew, but it levels off.'],
    });
  });

  test('two dumps without a finding are too short, and the note says how many are needed', () => {
    expect(decideVerdict({ ...clean, countedDumps: 2 })).toMatchInlineSnapshot(`
      {
        "notes": [
          "Too short: 2 of the 3 dumps after start-up that an answer needs. Observe for longer.",
        ],
        "verdict": "too-short",
      }
    `);
  });

  test('enough dumps and a steady resident size are no leak', () => {
    expect(decideVerdict(clean)).toEqual({ verdict: 'no-leak', notes: [] });
  });

  test.each<SeriesVerdict>(['warming-up', 'levelling-off', 'sawtooth', 'back-to-baseline', 'fragmentation'])(
    'a resident size that is %s does not stand against no-leak',
    (verdict) => {
      expect(decideVerdict({ ...clean, series: [rss(verdict)] }).verdict).toBe('no-leak');
    },
  );

  test.each([
    ['the resident size grows and nothing explains it', [rss('growing')]],
    ['threads grow and nothing explains it', [rss('steady'), { ...rss('growing'), metric: 'threads' }]],
    ['the resident size was not measured', []],
    ['there are too few samples', [rss('too-short')]],
    ['the resident size is too uneven to state any limit', [rss('cannot-tell', null)]],
  ])('it cannot tell when %s', (_why, series) => {
    const decision = decideVerdict({ ...clean, series });
    expect(decision.verdict).toBe('cannot-tell');
    expect(decision.notes).toHaveLength(1);
  });

  test('it cannot tell while the blocks may be rising: a leak that comes in bursts, with dumps between them, was called none', () => {
    const blocks = (smallestDetectablePerSecond: number | null) => ({
      ...rss('cannot-tell', smallestDetectablePerSecond),
      metric: 'blocks',
      reasons: ['rises, in too few samples to tell it from one tooth of a saw'],
    });
    expect(decideVerdict({ ...clean, series: [rss('steady'), blocks(null)] })).toEqual({
      verdict: 'cannot-tell',
      notes: ['Cannot tell: the number of memory blocks rises, in too few samples to tell it from one tooth of a saw. Observe for longer.'],
    });
    expect(decideVerdict({ ...clean, series: [rss('steady'), blocks(90)] }).verdict).toBe('no-leak');
  });

  test('an uneven resident size with a stated limit is no leak: the limit stands in the report', () => {
    expect(decideVerdict({ ...clean, series: [rss('cannot-tell', 90_000)] }).verdict).toBe('no-leak');
  });
});
