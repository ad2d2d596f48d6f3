import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareFindings, rankFindings } from './ranking.ts';
import { sampleFinding } from './sample-report.ts';

const make = (kind: 'leak' | 'suspicion', confidence: 'high' | 'medium' | 'low', bytesPerSecond: number, fingerprint: string) =>
  sampleFinding({ kind, confidence, fingerprint, growth: { ...sampleFinding().growth, bytesPerSecond } });

test('leaks come before suspicions, the certain before the likely, the fast before the slow, ties by fingerprint', () => {
  const ranked = rankFindings([
    make('suspicion', 'high', 9e9, '00000001'),
    make('leak', 'low', 9e6, '00000002'),
    make('leak', 'high', 10, '00000004'),
    make('leak', 'high', 10, '00000003'),
    make('leak', 'high', 20, '00000005'),
    make('leak', 'medium', 9e6, '00000006'),
  ]);
  expect(ranked.map((finding) => finding.fingerprint.at(-1)).join('')).toBe('534621');
});

test('the order does not depend on the order in which findings were made', () => {
  const finding = fc
    .tuple(fc.constantFrom('leak', 'suspicion'), fc.constantFrom('high', 'medium', 'low'), fc.nat(3), fc.nat(0xffff))
    .map(([kind, confidence, bytes, id]) => make(kind, confidence, bytes, id.toString(16).padStart(8, '0')));
  fc.assert(
    fc.property(fc.uniqueArray(finding, { selector: (f) => f.fingerprint }), (findings) => {
      expect(rankFindings([...findings].reverse())).toEqual(rankFindings(findings));
    }),
  );
  expect(compareFindings(sampleFinding(), sampleFinding())).toBe(0);
});
