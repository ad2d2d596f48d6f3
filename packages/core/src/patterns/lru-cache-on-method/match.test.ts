import { describe, expect, it } from 'vitest';
import { each, evidenceOf } from '../testing/evidence-of.ts';
import { lruCacheOnMethod } from './match.ts';

/** Two keys `(self, factor)` for each instance, with texts for numbers. */
const keys = (n: number, self: (i: number) => string): string =>
  each(
    2 * n,
    (i) =>
      `key${i}: tuple\nvalue${i}: str\nself${self(i)}: Report\nfactor${i}: str\ntable <key> key${i}\ntable [k${i}] value${i}\n` +
      `key${i} [0] self${self(i)}\nkey${i} [1] factor${i}`,
  );
const memoOf = (owner: string): string =>
  `module app = m\nowner: ${owner}\nm .owner owner\nowner .total memo\nmemo: memo\nmemo .table table\ntable: dict`;

describe('lru-cache-on-method', () => {
  it('names the memo of a class whose keys begin with instances, each counted once', () => {
    const match = lruCacheOnMethod.match(evidenceOf((n) => `${memoOf('class')}\n${keys(n, (i) => `${Math.floor(i / 2)}`)}`));
    expect(match?.evidence).toEqual(['96 of 96 new keys begin with a Report: 48 instances that nothing nearer to a root holds']);
    expect(match?.exact).toBe(false);
  });

  it('keeps silent on instances that are held elsewhere: it was another leak, or none', () => {
    const evidence = evidenceOf((n) => `${memoOf('class')}\nm .fleet fleet\nfleet [0] self0\nself0: Report\n${keys(n, () => '0')}`);
    expect(lruCacheOnMethod.match(evidence)).toBeUndefined();
  });

  it('keeps silent on a memo that no class holds: a plain function of an object', () => {
    const evidence = evidenceOf((n) => `${memoOf('wrapper')}\n${keys(n, (i) => `${i}`)}`);
    expect(lruCacheOnMethod.match(evidence)).toBeUndefined();
  });

  it('keeps silent on keys of plain values', () => {
    const evidence = evidenceOf(
      (n) => `${memoOf('class')}\n${each(n, (i) => `key${i}: str\nvalue${i}: str\ntable <key> key${i}\ntable [k${i}] value${i}`)}`,
    );
    expect(lruCacheOnMethod.match(evidence)).toBeUndefined();
  });

  it('keeps silent where a class holds an ordinary table', () => {
    const evidence = evidenceOf(
      (n) => `module app = m\nowner: class\nm .owner owner\nowner .table table\ntable: dict\n${keys(n, (i) => `${i}`)}`,
    );
    expect(lruCacheOnMethod.match(evidence)).toBeUndefined();
  });
});
