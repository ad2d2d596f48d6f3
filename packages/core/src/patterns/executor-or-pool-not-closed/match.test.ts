import { describe, expect, it } from 'vitest';
import { each, evidenceOf } from '../testing/evidence-of.ts';
import { executorOrPoolNotClosed } from './match.ts';

const threads = (n: number, pool: (i: number) => string, file = 'std.py'): string =>
  `module std = m\nm .active l\n${each(n, (i) => `thread${i}: thread\nl [${i}] thread${i}\nthread${i} @ ${file}:9 worker\nthread${i} <pool> ${pool(i)}`)}`;

describe('executor-or-pool-not-closed', () => {
  it('names workers of one pool after the other', () => {
    const match = executorOrPoolNotClosed.match(evidenceOf((n) => threads(n, (i) => `pool${i >> 1}`)));
    expect(match?.evidence).toEqual(['24 pools (pool) with 48 workers, 48 of them idle']);
  });

  it('names what holds such pools, one each', () => {
    const jobs = (n: number): string =>
      `module app = m\nm .jobs l\n${each(n, (i) => `l [${i}] job${i}\njob${i} .pool pool${i}\npool${i} .worker thread${i}\nthread${i}: thread\nthread${i} @ std.py:9 worker\nthread${i} <pool> pool${i}`)}`;
    expect(executorOrPoolNotClosed.match(evidenceOf(jobs))).toBeDefined();
  });

  it('keeps silent on one pool that fills up', () => {
    expect(executorOrPoolNotClosed.match(evidenceOf((n) => threads(n, () => 'pool')))).toBeUndefined();
  });

  it('keeps silent on pools at work', () => {
    expect(executorOrPoolNotClosed.match(evidenceOf((n) => threads(n, (i) => `pool${i}`, 'app.py')))).toBeUndefined();
  });

  it('keeps silent on other things', () => {
    expect(
      executorOrPoolNotClosed.match(evidenceOf((n) => `module app = m\nm .l l\n${each(n, (i) => `l [${i}] item${i}`)}`)),
    ).toBeUndefined();
  });
});
