#!/usr/bin/env node
// `npm run readme`: writes the README's example from a real run of the demo's service. Never typed by hand.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'heaptrail-readme-'));
const begin = /<!-- example:begin[^>]*-->/;
const end = '<!-- example:end -->';
const line = ['run', '--duration', '30s', '--stop', '--', 'python3', 'service.py'];

try {
  const args = [join(root, 'packages/cli/bin/heaptrail.mjs'), ...line.slice(0, 4), '--out', join(folder, 'session'), ...line.slice(4)];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: join(root, 'exhibits/demo-service'), encoding: 'utf8' });
  const answer = stderr.trimEnd().split('\n');
  if (!answer.some((each) => each.startsWith('LEAK'))) throw new Error(`the demo found no leak (exit code ${status}):\n${stderr}`);
  const shown = answer.map((each) => each.replaceAll(root, '').replace(/^Report: .*/, 'Report: heaptrail-service-…/report.json'));
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const first = begin.exec(readme);
  const last = readme.indexOf(end);
  if (first === null || last < 0)
    throw new Error('README.md has no place for the example: the marks example:begin and example:end are expected');
  const block = ['```', `$ npx heaptrail ${line.join(' ')}`, ...shown, '```'].join('\n');
  writeFileSync(join(root, 'README.md'), `${readme.slice(0, first.index + first[0].length)}\n${block}\n${readme.slice(last)}`);
  console.log(block);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
