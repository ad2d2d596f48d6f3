import { describe, expect, test } from 'vitest';
import { sampleFinding, sampleReport } from '../../packages/core/src/report/sample-report.ts';
import { answersOf, wordFor } from './judge-entry.ts';
import { commandOf, type Entry } from './manifest.ts';

const finding = sampleFinding({
  pattern: 'container-only-grows',
  allocated: [
    { function: 'add', file: '/x/shop/basket.py', line: 12 },
    { function: 'main', file: '/x/shop.py', line: 3 },
  ],
  heldBy: [{ step: 'module shop → .BASKETS', type: 'dict', status: 'unknown', suspect: true }],
  otherHolders: [[{ step: '._log', type: 'list', status: 'unknown', suspect: false }]],
});
const entry = (expected: NonNullable<Entry['expect']>): Entry => ({
  id: 'X1',
  kind: 'leak',
  python: '3.11.7',
  requires: { leak: ['shop==1.0'] },
  run: { leak: 'V=leak MODE=x=y python -W default py/x1.py' },
  expect: expected,
});

describe('a finding, held against what is known', () => {
  test('answers line, holder and pattern', () => {
    const known = entry({
      culprit: [{ file: 'shop/basket.py', line: 10, tolerance: 3 }],
      holder: ['(?i)baskets.*DICT'],
      pattern: ['container-only-grows'],
    });
    expect(answersOf(finding, known)).toMatchObject({ line: 'yes', holder: 'yes', pattern: 'yes' });
  });

  test('is told from one that has the right line further out and the right holder in another path', () => {
    const known = entry({ culprit: [{ file: 'shop.py', line: 3, tolerance: 0 }], holder: ['_log'], pattern: ['listener-never-removed'] });
    expect(answersOf(finding, known)).toMatchObject({ line: 'elsewhere', holder: 'elsewhere', pattern: 'no' });
  });

  test('is no answer where it names another line and another holder', () => {
    const known = entry({ culprit: [{ file: 'shop/basket.py', line: 40, tolerance: 3 }], holder: ['_registry'], pattern: [] });
    expect(answersOf(finding, known)).toMatchObject({ line: 'no', holder: 'no' });
    expect(wordFor(sampleReport({ findings: [finding] }), known, true)).toBe('NOT FOUND');
  });
});

test('a program that does not leak is clean only where the verdict says so', () => {
  const known = entry({ culprit: [], holder: [], pattern: [] });
  expect(wordFor(sampleReport({ verdict: 'no-leak', findings: [] }), known, false)).toBe('clean');
  expect(wordFor(sampleReport({ verdict: 'cannot-tell', findings: [] }), known, false)).toBe('cannot tell');
  expect(wordFor(sampleReport({ findings: [finding] }), known, false)).toBe('NOT CLEAN');
});

test('a command line is taken apart into environment and words', () => {
  expect(commandOf(entry({ culprit: [], holder: [], pattern: [] }), 'leak')).toEqual({
    environment: { V: 'leak', MODE: 'x=y' },
    words: ['-W', 'default', 'py/x1.py'],
    requirements: ['shop==1.0'],
  });
  expect(commandOf(entry({ culprit: [], holder: [], pattern: [] }), 'fixed')).toBeUndefined();
});
