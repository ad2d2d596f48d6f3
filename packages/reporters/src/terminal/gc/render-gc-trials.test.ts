import { summarizeGcTrials, type GcTrialRun } from '@heaptrail/core';
import { describe, expect, it } from 'vitest';
import { renderGcTrials } from './render-gc-trials.ts';

const LEADING = { implementation: 'cpython', python: '3.11.7', reason: '', thresholds: undefined, enabled: true, frozenAfterMs: 280 };

function runs(factors: Readonly<Record<string, number>>, noise: number, collections: GcTrialRun['collections'] | undefined): GcTrialRun[] {
  return [0, 1, 2, 3, 4, 5].flatMap((round) =>
    Object.entries(factors).map(([setting, factor], at) => {
      const wallMs = 1200 * factor * (1 + noise * Math.sin(round * 5 + at * 3));
      return {
        ...{ setting, round, wallMs, cpuMs: wallMs * 0.8, exitCode: 0, signal: null, processes: 1, endedProcesses: 1, leading: LEADING },
        peakRssBytes: 48_000_000 * (2 - factor) + round * 1000,
        collections: collections === undefined ? undefined : { ...collections, pauses: Math.round(collections.pauses * factor) },
      };
    }),
  );
}

const COLLECTIONS = { pauses: 1700, totalMs: 240, longestMs: 38.2, collectedObjects: 5000 };
const look = { color: false, width: 120 };

describe('the page of heaptrail gc', () => {
  it('names the best setting with its price, and every figure', () => {
    const factors = { own: 1, '25000,10,10': 0.85, '500,5,5': 1.06, freeze: 0.998 };
    const answer = summarizeGcTrials(runs(factors, 0.01, COLLECTIONS), Object.keys(factors));
    expect(renderGcTrials(answer, look)).toMatchInlineSnapshot(`
      "25000,10,10 takes 15 % less time and 15 % more memory. 500,5,5 takes 6.0 % less memory.
      cpython 3.11.7, 6 rounds; times and memory are medians, changes are against own, round by round

        time                change     cpu                change  pauses  in them  longest   memory  change  setting
      1.20 s                        959 ms                         1,700   240 ms  38.2 ms  48.0 MB          own
      1.02 s     -15 % [-17 … -13]  818 ms     -15 % [-17 … -13]   1,445   240 ms  38.2 ms  55.2 MB   +15 %  25000,10,10
      1.27 s  +5.9 % [+5.6 … +6.3]  1.01 s  +5.9 % [+5.6 … +6.3]   1,802   240 ms  38.2 ms  45.1 MB  -6.0 %  500,5,5
      1.20 s               ~-0.1 %  961 ms               ~-0.1 %   1,697   240 ms  38.2 ms  48.1 MB  +0.2 %  freeze

      The intervals hold with 95 % for all settings together; a change with ~ is none that these rounds can tell from chance.
      "
    `);
  });

  it('says how large a gain would have been seen when there is none', () => {
    const factors = { own: 1, '25000,10,10': 0.999 };
    expect(renderGcTrials(summarizeGcTrials(runs(factors, 0.05, COLLECTIONS), Object.keys(factors)), look)).toMatchInlineSnapshot(`
      "No setting is faster than the program's own; a gain of more than 7.1 % would have been seen.
      cpython 3.11.7, 6 rounds; times and memory are medians, changes are against own, round by round

        time   change     cpu   change  pauses  in them  longest   memory  change  setting
      1.20 s           957 ms            1,700   240 ms  38.2 ms  48.0 MB          own
      1.21 s  ~+0.1 %  969 ms  ~+0.1 %   1,698   240 ms  38.2 ms  48.1 MB  +0.1 %  25000,10,10

      The intervals hold with 95 % for all settings together; a change with ~ is none that these rounds can tell from chance.
      "
    `);
  });

  it('never says that only a gain of 100 % or more would have been seen', () => {
    const noisy = [1, 1.5, 1, 1.1].map((factor, at) => ({
      ...runs({ own: 1 }, 0, COLLECTIONS)[0],
      ...{ setting: at % 2 === 0 ? 'own' : 'freeze', round: at >> 1, wallMs: 30 * factor, cpuMs: 20 * factor },
    }));
    const page = renderGcTrials(summarizeGcTrials(noisy, ['own', 'freeze']), look);
    expect(Number(/a gain of more than ([\d.]+) %/.exec(page)![1])).toBeLessThan(100);
  });

  it('does not say that a setting takes 0 % less', () => {
    const alike = runs({ own: 1, freeze: 1 }, 0.01, COLLECTIONS).map((run) =>
      run.setting === 'own' ? run : { ...run, peakRssBytes: run.peakRssBytes * 0.9999 },
    );
    const answer = summarizeGcTrials(alike, ['own', 'freeze']);
    expect(answer.smaller).toEqual(['freeze']);
    expect(renderGcTrials(answer, look).split('\n')[0]).toMatch(/^No setting is faster .* would have been seen\.$/);
  });

  it('leaves out what PyPy does not tell, and says why nothing differs', () => {
    const factors = { own: 1, '500,5,5': 1 };
    const reason = 'this interpreter has no such thresholds';
    const all = runs(factors, 0.01, undefined).map((run) =>
      run.setting === 'own' ? run : { ...run, leading: { ...LEADING, implementation: 'pypy', reason } },
    );
    expect(renderGcTrials(summarizeGcTrials(all, Object.keys(factors)), look)).toMatchInlineSnapshot(`
      "No setting is faster than the program's own; a gain of more than 1.5 % would have been seen.
      cpython 3.11.7, 6 rounds; times and memory are medians, changes are against own, round by round

        time  change     cpu  change   memory  change  setting
      1.20 s          959 ms          48.0 MB          own
      1.20 s    ~0 %  962 ms    ~0 %  48.0 MB    ~0 %  500,5,5

      The intervals hold with 95 % for all settings together; a change with ~ is none that these rounds can tell from chance.
      note: 500,5,5 was not applied: this interpreter has no such thresholds
      "
    `);
  });

  it('cannot be made to write escape sequences', () => {
    const evil = runs({ own: 1, freeze: 1 }, 0.01, COLLECTIONS).map((run) => ({ ...run, leading: { ...LEADING, python: '3\x1b[31m' } }));
    expect(renderGcTrials(summarizeGcTrials(evil, ['own', 'freeze']), look)).not.toContain('\x1b');
  });
});
