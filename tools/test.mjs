#!/usr/bin/env node
// `npm test`: everything that must hold, in order, on a machine that has Node, npm and python3 and nothing prepared.
// Plain JavaScript without dependencies, because it is what installs them.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './test/ensure-installed.mjs';
import { runStep } from './test/run-step.mjs';
import { addCounts, countsFromPython, countsFromVitest, NO_COUNTS } from './test/test-counts.mjs';
import { failuresFromPython, failuresFromVitest } from './test/test-failures.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const script = (file, ...args) => [process.execPath, '--import', 'tsx', file, ...args];
const bin = (name, file, ...args) => [process.execPath, `node_modules/${name}/${file}`, ...args];
const vitestReport = 'node_modules/.cache/heaptrail-vitest.json';
const pythonTests = 'agents/python/tests/run_all.py';

const steps = [
  { name: 'imports', command: script('tools/check-imports.ts') },
  { name: 'patterns', command: script('tools/check-patterns.ts') },
  { name: 'files', command: script('tools/check-files.ts') },
  { name: 'types', command: bin('typescript', 'bin/tsc', '--noEmit') },
  { name: 'eslint', command: bin('eslint', 'bin/eslint.js', '--max-warnings', '0', '.') },
  { name: 'format', command: bin('prettier', 'bin/prettier.cjs', '--check', '--log-level', 'warn', '.') },
  {
    name: 'vitest',
    command: bin('vitest', 'vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`),
    counts: () => countsFromVitest(`${root}${vitestReport}`),
    failures: () => failuresFromVitest(`${root}${vitestReport}`, root),
    removeFirst: vitestReport,
  },
  // The agent's suites on every CPython found, and mypy strict: the script runs both.
  { name: 'python', command: ['python3', pythonTests], counts: countsFromPython, failures: failuresFromPython, needs: pythonTests },
];

process.chdir(root);
const wanted = process.argv.slice(2);
const results = [];
if (ensureInstalled(root)) {
  for (const step of steps) {
    if (wanted.length > 0 && !wanted.some((word) => step.name.startsWith(word))) continue;
    if (step.needs !== undefined && !existsSync(step.needs))
      results.push({ name: step.name, ok: true, text: `not there: ${step.needs}`, seconds: 0, counts: NO_COUNTS, failures: [] });
    else results.push(await runStep(step));
  }
} else {
  results.push({ name: 'npm ci', ok: false, text: 'failed', seconds: 0, counts: NO_COUNTS, failures: [] });
}

console.log('\nSummary');
for (const { name, ok, text, seconds, failures } of results) {
  console.log(`  ${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(14)} ${text} (${seconds.toFixed(1)} s)`);
  for (const failure of failures) console.log(`           ${failure}`);
}
// A check without test counts that fails is a failure like any other: the last line must not say "0 failed" then.
const total = results
  .map(({ ok, counts }) => (!ok && counts.failed === 0 ? { ...counts, failed: 1 } : counts))
  .reduce(addCounts, NO_COUNTS);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
