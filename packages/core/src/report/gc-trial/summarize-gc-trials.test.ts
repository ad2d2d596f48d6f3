import { describe, expect, it } from 'vitest';
import type { GcTrialProcess, GcTrialRun } from './gc-trial-run.ts';
import { meanChange } from './mean-change.ts';
import { summarizeGcTrials } from './summarize-gc-trials.ts';

const LEADING: GcTrialProcess = {
  implementation: 'cpython',
  python: '3.11.7',
  reason: '',
  thresholds: [700, 10, 10],
  enabled: true,
  frozenAfterMs: undefined,
};

function run(setting: string, round: number, wallMs: number, more: Partial<GcTrialRun> = {}): GcTrialRun {
  return {
    setting,
    round,
    wallMs,
    exitCode: 0,
    signal: null,
    processes: 1,
    endedProcesses: 1,
    leading: { ...LEADING, thresholds: setting.includes(',') ? setting.split(',').map(Number) : LEADING.thresholds },
    cpuMs: wallMs * 0.9,
    collections: { pauses: 10, totalMs: 20, longestMs: 5, collectedObjects: 100 },
    peakRssBytes: 50_000_000,
    ...more,
  };
}

/** Six rounds in which the second setting takes 80 % of the time, with noise of one percent or so. */
function clearRuns(setting: string): GcTrialRun[] {
  return [0, 1, 2, 3, 4, 5].flatMap((round) => [run('own', round, 1000 + round * 7), run(setting, round, 800 + ((round * 3) % 5) * 4)]);
}

describe('the summary of trials of collector settings', () => {
  it('calls a setting faster when the whole interval of its rounds says so', () => {
    const answer = summarizeGcTrials(clearRuns('25000,10,10'), ['own', '25000,10,10']);
    expect(answer.faster).toEqual(['25000,10,10']);
    expect(answer.cheaper).toEqual(['25000,10,10']);
    expect(answer.smaller).toEqual([]);
    const [own, other] = answer.rows;
    expect(own?.wallChange).toBeUndefined();
    expect(other?.wallChange?.percent).toBeCloseTo(-20.7, 0);
    expect(other?.wallChange?.lowPercent).toBeLessThan(other?.wallChange?.percent ?? 0);
    expect(other?.wallChange?.highPercent).toBeLessThan(-19);
    expect(answer.notes).toEqual([]);
  });

  it('does not call it faster when the rounds disagree', () => {
    const runs = [0, 1, 2, 3, 4, 5].flatMap((round) => [
      run('own', round, 1000),
      run('freeze', round, round % 2 === 0 ? 700 : 1200, frozen),
    ]);
    const answer = summarizeGcTrials(runs, ['own', 'freeze']);
    expect(answer.faster).toEqual([]);
    expect(answer.rows[1]?.wallChange?.highPercent).toBeGreaterThan(0);
  });

  it('compares within a round, so that a slow minute of the machine does not count', () => {
    const runs = [0, 1, 2, 3].flatMap((round) => [run('own', round, 1000 * (round + 1)), run('500,5,5', round, 900 * (round + 1) + round)]);
    expect(summarizeGcTrials(runs, ['own', '500,5,5']).faster).toEqual(['500,5,5']);
  });

  it('leaves out rounds that are not whole', () => {
    const runs = [...clearRuns('500,5,5'), run('own', 6, 5)];
    expect(summarizeGcTrials(runs, ['own', '500,5,5']).rounds).toBe(6);
  });

  it('widens the intervals with the number of settings', () => {
    const ratios = [0.9, 0.95, 0.92, 0.91];
    const reach = (comparisons: number): number => meanChange(ratios, comparisons)!.highPercent;
    expect(reach(5)).toBeGreaterThan(reach(1));
    expect(meanChange([0.9], 1)).toBeUndefined();
  });

  it('holds its confidence: of 2,000 programs that nothing changes, about one in twenty is called faster or slower by any of five settings', () => {
    let state = 7;
    const noise = (): number => {
      let sum = 0;
      for (let i = 0; i < 12; i++) sum += (state = (state * 48271) % 2147483647) / 2147483647;
      return Math.exp((sum - 6) * 0.02);
    };
    let wrong = 0;
    for (let program = 0; program < 2000; program++) {
      const changes = [1, 2, 3, 4, 5].map(() =>
        meanChange(
          [1, 2, 3, 4, 5, 6].map(() => noise() / noise()),
          5,
        ),
      );
      if (changes.some((change) => change !== undefined && (change.highPercent < 0 || change.lowPercent > 0))) wrong++;
    }
    expect(wrong / 2000).toBeGreaterThan(0.02);
    expect(wrong / 2000).toBeLessThan(0.07);
  });

  it('says what makes the table doubtful', () => {
    const odd = (round: number): GcTrialRun =>
      run('25000,10,10', round, 1000, { leading: { ...LEADING, thresholds: [123, 5, 5], enabled: false }, processes: 3, exitCode: 2 });
    const runs = [0, 1].flatMap((round) => [run('own', round, 1000), odd(round), run('freeze', round, 900)]);
    expect(summarizeGcTrials(runs, ['own', '25000,10,10', 'freeze']).notes).toMatchInlineSnapshot(`
      [
        "the program sets thresholds itself (123,5,5 at its end), and that wins: our setting held only until then, so the rows may hardly differ",
        "the program switches the collector off: thresholds then change nothing",
        "2 of 2 runs under freeze ended before their start was over (no new module for 250 ms): nothing was frozen there",
        "4 processes in 6 runs ended by a signal or os._exit: their figures are missing",
        "the program did not end alike in all runs (exit code 0, exit code 2): look at what it does before you compare times",
      ]
    `);
  });

  it('has no collections where the interpreter tells of none', () => {
    const pypy = { ...LEADING, implementation: 'pypy', thresholds: undefined, reason: 'this interpreter has no such thresholds' };
    const runs = [0, 1].flatMap((round) =>
      ['own', '500,5,5'].map((setting) => run(setting, round, 1000 + round, { collections: undefined, leading: pypy })),
    );
    const answer = summarizeGcTrials(runs, ['own', '500,5,5']);
    expect(answer.rows[1]?.pauses).toBeUndefined();
    expect(answer.notes).toContain('500,5,5 was not applied: this interpreter has no such thresholds');
  });
});

const frozen = { leading: { ...LEADING, frozenAfterMs: 300 } };
