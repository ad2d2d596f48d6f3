import { existsSync, readFileSync } from 'node:fs';

export const NO_COUNTS = { passed: 0, failed: 0, skipped: 0 };

export function addCounts(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** From vitest's JSON report; undefined when it wrote none. A file that could not be loaded holds no test and counts as one failure. */
export function countsFromVitest(file) {
  if (!existsSync(file)) return undefined;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** From the last `N passed, N failed, N skipped` line, else from what unittest prints for each run; undefined when there is neither. */
export function countsFromPython(output) {
  const lines = [...output.matchAll(/(\d+) passed, (\d+) failed, (\d+) skipped/g)];
  const last = lines.at(-1);
  if (last !== undefined) return { passed: Number(last[1]), failed: Number(last[2]), skipped: Number(last[3]) };
  const runs = [...output.matchAll(/^Ran (\d+) tests? in [^\n]*\n\s*\n?(OK|FAILED)(?: \(([^)]*)\))?/gm)];
  if (runs.length === 0) return undefined;
  return runs.map(([, ran, , details = '']) => countsOfRun(Number(ran), details)).reduce(addCounts, NO_COUNTS);
}

function countsOfRun(ran, details) {
  const numberOf = (word) => Number(new RegExp(`(?:^|\\s)${word}=(\\d+)`).exec(details)?.[1] ?? 0);
  const failed = numberOf('failures') + numberOf('errors') + numberOf('unexpected successes');
  const skipped = numberOf('skipped');
  return { passed: Math.max(0, ran - failed - skipped), failed, skipped };
}
