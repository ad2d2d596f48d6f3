import { describe, expect, test } from 'vitest';
import { sampleFinding, sampleReport } from '../../packages/core/src/report/sample-report.ts';
import { isStandardLibrary, judgeBroken, judgeHealthy, type ResolvedExpectation } from './judge.ts';
import { bodiesOf, linesWithMarker } from './resolve-lines.ts';

const bindings: ResolvedExpectation = {
  types: ['weakref.finalize'],
  patterns: ['finalizer-registered-repeatedly'],
  sites: [{ fileEndsWith: 'nicegui/binding.py', lines: [{ from: 182, to: 182 }] }],
  holders: [['finalize'], ['_registry']],
  suspectStep: '_registry',
};

const journal: ResolvedExpectation = {
  types: ['Entry'],
  patterns: ['container-only-grows', null],
  sites: [{ fileEndsWith: 'journal.py', lines: [{ from: 9, to: 12 }] }],
  holders: [['journal', 'diary'], ['entries']],
  suspectStep: undefined,
};

const entries = sampleFinding({
  type: 'Entry',
  pattern: null,
  allocated: [
    { function: '__new__', file: '/usr/lib/python3.11/typing.py', line: 1270 },
    { function: 'note', file: '/srv/app/journal.py', line: 11 },
  ],
  heldBy: [
    { step: 'module journal', type: 'module', status: 'alive', suspect: false },
    { step: '.entries', type: 'list', status: 'unknown', suspect: true },
  ],
});

const YES = { found: true, line: true, holder: true, pattern: true, notes: [] };

describe('a program that leaks', () => {
  test('a true finding answers all four questions', () => {
    expect(judgeBroken(sampleReport(), [bindings])).toEqual({ leaks: [YES], firstPlace: true, wrong: [], notes: [] });
  });

  test('two leaks are told apart by their holders, in any order', () => {
    const report = sampleReport({ findings: [entries, sampleFinding()] });
    expect(judgeBroken(report, [bindings, journal])).toEqual({ leaks: [YES, YES], firstPlace: true, wrong: [], notes: [] });
  });

  test('lines that were swapped between two holders are no lines', () => {
    const report = sampleReport({
      findings: [
        { ...entries, allocated: sampleFinding().allocated },
        { ...sampleFinding(), allocated: entries.allocated },
      ],
    });
    const { leaks } = judgeBroken(report, [bindings, journal]);
    expect(leaks.map(({ found, line, holder }) => [found, line, holder])).toEqual([
      [true, false, true],
      [true, false, true],
    ]);
  });

  test.each([
    ['a line beside it', { allocated: [{ function: 'f', file: 'nicegui/binding.py', line: 183 }] }, { ...YES, line: false }],
    ['a file with a longer name', { allocated: [{ function: 'f', file: 'xnicegui/binding.py', line: 182 }] }, { ...YES, line: false }],
    ['no line', { allocated: [] }, { ...YES, line: false }],
    ['another pattern', { pattern: 'container-only-grows' }, { ...YES, pattern: false }],
    [
      'a holder without its suspect',
      { heldBy: sampleFinding().heldBy.map((step) => ({ ...step, suspect: false })) },
      { ...YES, holder: false },
    ],
  ])('%s is said', (_, change, wanted) => {
    const { leaks } = judgeBroken(sampleReport({ findings: [sampleFinding(change)] }), [bindings]);
    expect({ ...leaks[0], notes: [] }).toEqual({ ...wanted, notes: [] });
    expect(leaks[0]?.notes).toHaveLength(1);
  });

  test('a holder among the further ones counts', () => {
    const finding = sampleFinding({ heldBy: entries.heldBy, otherHolders: [sampleFinding().heldBy] });
    expect(judgeBroken(sampleReport({ findings: [finding] }), [bindings]).leaks).toEqual([YES]);
  });

  test('a finding of something else is wrong, and takes first place away', () => {
    const { wrong, firstPlace } = judgeBroken(sampleReport({ findings: [entries, sampleFinding()] }), [bindings]);
    expect(firstPlace).toBe(false);
    expect(wrong).toEqual(['leak Entry (no pattern) at python3.11/typing.py:1270 held by module journal *.entries*']);
  });

  test('a leak in another process of the tree is wrong', () => {
    const report = sampleReport({ processes: [sampleReport({ findings: [entries] })] });
    expect(judgeBroken(report, [bindings]).wrong).toHaveLength(1);
  });

  test('nothing is found where the verdict is not leak, whatever is listed', () => {
    const judged = judgeBroken(sampleReport({ verdict: 'cannot-tell' }), [bindings]);
    expect(judged.leaks[0]?.found).toBe(false);
    expect(judged.firstPlace).toBe(false);
  });

  test('a trend alone finds nothing', () => {
    const report = sampleReport({ verdict: 'suspicion', findings: [sampleFinding({ kind: 'suspicion' })] });
    expect(judgeBroken(report, [bindings]).leaks[0]?.found).toBe(false);
  });

  test('the same leak twice is noted, not counted as wrong', () => {
    const judged = judgeBroken(sampleReport({ findings: [sampleFinding(), sampleFinding()] }), [bindings]);
    expect(judged.wrong).toEqual([]);
    expect(judged.notes).toHaveLength(1);
  });
});

describe('a program that does not leak', () => {
  test('no finding and the verdict no-leak are clean', () => {
    expect(judgeHealthy(sampleReport({ verdict: 'no-leak', findings: [] }))).toEqual({ clean: true, wrong: [], notes: [] });
  });

  test.each(['cannot-tell', 'too-short', 'suspicion'] as const)('%s is not clean', (verdict) => {
    expect(judgeHealthy(sampleReport({ verdict, findings: [] }))).toEqual({ clean: false, wrong: [], notes: [`verdict is ${verdict}`] });
  });

  test('a suspicion is wrong here', () => {
    const report = sampleReport({ verdict: 'suspicion', findings: [sampleFinding({ kind: 'suspicion' })] });
    expect(judgeHealthy(report).wrong).toHaveLength(1);
  });
});

test.each([
  ['/usr/lib/python3.11/weakref.py', true],
  ['<frozen importlib._bootstrap>', true],
  ['/venv/lib/python3.11/site-packages/nicegui/event.py', false],
  ['/srv/app.py', false],
])('%s belongs to the standard library: %s', (file, wanted) => {
  expect(isStandardLibrary({ file, function: 'f', line: 1 })).toBe(wanted);
});

test('markers are whole words', () => {
  expect(linesWithMarker(['a()  # LEAK', 'b()  # LEAK-MANY', 'LEAK', 'c()  # LEAK: why'], 'LEAK')).toEqual([1, 4]);
});

test('a function is its lines by indentation', () => {
  const lines = ['class A:', '    def one(self,', '        x,', '    ):', '        pass', '', '    def two(self):', '        pass'];
  expect(bodiesOf(lines, 'one')).toEqual([{ from: 2, to: 6 }]);
  expect(bodiesOf(lines, 'two')).toEqual([{ from: 7, to: 8 }]);
});
