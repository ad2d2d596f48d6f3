import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { whyNotInstalled } from './ensure-installed.mjs';
import { countsFromPython, countsFromVitest } from './test-counts.mjs';
import { failuresFromPython, failuresFromVitest } from './test-failures.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'test-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('counts of python tests', () => {
  test('come from the last closing line', () => {
    expect(countsFromPython('3.8: 9 passed, 0 failed, 1 skipped\nall: 19 passed, 2 failed, 1 skipped\n')).toEqual({
      passed: 19,
      failed: 2,
      skipped: 1,
    });
  });

  test('or from what unittest prints, summed over interpreters', () => {
    const output = [
      'Ran 12 tests in 0.5s\n\nOK (skipped=2)\n',
      'Ran 10 tests in 1.0s\n\nFAILED (failures=1, errors=2, skipped=1, expected failures=1)\n',
      'Ran 1 test in 0.001s\n\nOK\n',
    ].join('');
    expect(countsFromPython(output)).toEqual({ passed: 17, failed: 3, skipped: 3 });
  });

  test('are unknown when there is neither: a crash is not "0 failed"', () => {
    expect(countsFromPython('Segmentation fault\n')).toBeUndefined();
  });
});

describe('counts of vitest', () => {
  test('a test file that could not be loaded counts as a failure', () => {
    const file = join(root, 'report.json');
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
    ];
    writeFileSync(file, JSON.stringify({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 1, numTodoTests: 0, testResults }));
    expect(countsFromVitest(file)).toEqual({ passed: 5, failed: 2, skipped: 1 });
  });

  test('are unknown when it wrote none', () => {
    expect(countsFromVitest(join(root, 'none.json'))).toBeUndefined();
  });
});

describe('failures are named at the end of the log', () => {
  test('of vitest: file, test and the first line of what was wrong; a file that could not be loaded too', () => {
    const file = join(root, 'report.json');
    const testResults = [
      { name: '/clone/a.test.ts', status: 'failed', message: 'no such module\n  at x', assertionResults: [] },
      {
        name: '/clone/b.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'whole', failureMessages: [] },
          { status: 'failed', fullName: 'part one', failureMessages: ['\u001B[31mexpected 1 to be 2\u001B[39m\n  at y'] },
        ],
      },
    ];
    writeFileSync(file, JSON.stringify({ testResults }));
    expect(failuresFromVitest(file, '/clone/')).toEqual(['a.test.ts: no such module', 'b.test.ts > part one: expected 1 to be 2']);
    expect(failuresFromVitest(join(root, 'none.json'), root)).toEqual([]);
  });

  test('of unittest: the test and the error', () => {
    const ruler = '='.repeat(70);
    const thin = '-'.repeat(70);
    const output = [
      `${ruler}\nFAIL: test_a (test_lib.A)\n${thin}\nTraceback (most recent call last):\n  File "a.py"\nAssertionError: 1 != 2\n\nstdout of it\n`,
      `${ruler}\nERROR: test_b (test_lib.B)\n${thin}\nTraceback (most recent call last):\n  File "b.py"\nOSError: gone\n\n${thin}\nRan 2 tests in 1s\n`,
    ].join('');
    expect(failuresFromPython(output)).toEqual(['test_a (test_lib.A): AssertionError: 1 != 2', 'test_b (test_lib.B): OSError: gone']);
  });
});

describe('what is installed', () => {
  const lock = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages });

  function install(wanted: object, installed: object | undefined): string | undefined {
    writeFileSync(join(root, 'package-lock.json'), lock(wanted));
    if (installed !== undefined) {
      mkdirSync(join(root, 'node_modules'), { recursive: true });
      writeFileSync(join(root, 'node_modules/.package-lock.json'), lock(installed));
    }
    return whyNotInstalled(root);
  }

  test('is fine when it is what the lockfile says; other platforms are not missed', () => {
    const a = { 'node_modules/a': { version: '1.0.0' } };
    expect(install({ '': {}, ...a, 'node_modules/a-win32': { version: '1.0.0', optional: true } }, a)).toBeUndefined();
  });

  test.each([
    ['nothing is installed', undefined],
    ['node_modules/a is missing', {}],
    ['node_modules/a is 0.9.0, the lockfile says 1.0.0', { 'node_modules/a': { version: '0.9.0' } }],
  ])('is stale when %s', (reason, installed) => {
    expect(install({ 'node_modules/a': { version: '1.0.0' } }, installed)).toBe(reason);
  });
});
