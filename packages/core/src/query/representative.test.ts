import { describe, expect, it } from 'vitest';
import { GrowthTracker } from '../evidence/growth/index.ts';
import { parseGraph } from '../graph/text-notation.ts';
import type { Finding } from '../report/index.ts';
import { findingOfGrowth } from './finding-of-growth.ts';

const lines = (n: number, of: (i: number) => string): string => Array.from({ length: n }, (_, i) => of(i)).join('\n');

/** The only finding of a program with such heaps, ten seconds apart. */
function findingOf(heapAt: (work: number) => string): Finding {
  const tracker = new GrowthTracker();
  [12, 24, 36, 48, 60].forEach((work, dump) => tracker.add(parseGraph(heapAt(work)).graph, dump * 10_000));
  const result = tracker.result()!;
  const found = result.growths.map((growth) => findingOfGrowth(result, growth, new Map()));
  expect(found).toHaveLength(1);
  const [answer] = found;
  if (!('finding' in answer)) throw new Error(answer.note);
  return answer.finding;
}

/** Two entries for each session: (session, day) is the key. Texts stand for numbers. */
const entries = (n: number, valueType = 'str'): string =>
  lines(
    2 * n,
    (i) => `k${i}: tuple\nv${i}: ${valueType}\ns${Math.floor(i / 2)}: Session\nd${i}: str
      t <key> k${i}\nt [${i}] v${i}\nk${i} [0] s${Math.floor(i / 2)}\nk${i} [1] d${i}`,
  );
const table = 'module app = m\nm .visits t\nt: dict';

describe('what stands for the growth of a table', () => {
  it('is the instances in its keys rather than its numbers, counted and shown where they are (a count for each session and day)', () => {
    const { type, growth, heldBy, evidence } = findingOf((n) => `${table}\n${entries(n)}`);
    expect(type).toBe('Session');
    expect(growth.objectsPerSecond).toBe(1.2);
    expect(heldBy.map(({ step }) => step)).toEqual(['module app', '.visits', '[key][x]']);
    expect(evidence).toContain('grew in 5 of 5 dumps: 24, 48, 72, 96, 120 entries, whose keys hold 12, 24, 36, 48, 60 × Session');
  });

  it('is its values, where these are objects of the program', () => {
    expect(findingOf((n) => `${table}\n${entries(n, 'Visit')}`).type).toBe('Visit');
  });

  it('is its numbers, where something nearer to a root holds the instances (users of a database)', () => {
    const { type, growth } = findingOf(
      (n) => `${table}\nm .u u\nu: list\n${lines(60, (i) => `s${i}: Session\nu [${i}] s${i}`)}\n${entries(n)}`,
    );
    expect(type).toBe('str');
    expect(growth.objectsPerSecond).toBe(2.4);
  });

  it('is the instances in the keys of a memo, whatever it remembers of them (lru_cache on a method named its results)', () => {
    const memo = 'module app = m\nm .Report c\nc: class\nc .total memo\nmemo: memo\nmemo .table t\nt: dict';
    for (const value of ['str', 'Chart']) {
      const { type, pattern } = findingOf((n) => `${memo}\n${entries(n, value)}`);
      expect({ type, pattern }).toEqual({ type: 'Session', pattern: 'lru-cache-on-method' });
    }
  });
});
