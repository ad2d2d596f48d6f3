import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkFiles } from './check-files.ts';
import { checkPatterns } from './check-patterns.ts';
import { packageNamedIn } from './package-names.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

function tree(textByFile: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'files-'));
  made.push(root);
  for (const [file, text] of Object.entries(textByFile)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

test('a source over 300 lines is warned of, over 500 refused', () => {
  const root = tree({ 'a.ts': 'x\n'.repeat(300), 'b.ts': 'x\n'.repeat(301), 'c.py': 'x\n'.repeat(501), 'd.md': 'x\n'.repeat(900) });
  const { problems, warnings } = checkFiles(root);
  expect(warnings.map((warning) => warning.split(':')[0])).toEqual(['b.ts']);
  expect(problems.map((problem) => problem.split(':')[0])).toEqual(['c.py']);
});

test('a file over 1 MB and a name without meaning are refused, in files and folders', () => {
  const root = tree({
    'big.bin': 'x'.repeat(1_000_001),
    'src/string-utils.ts': '',
    'helpers/a.ts': '',
    'src/utilisation.ts': '',
    'node_modules/utils.ts': '',
  });
  expect(checkFiles(root).problems.map((problem) => problem.split(':')[0])).toEqual(['big.bin', 'helpers/a.ts', 'src/string-utils.ts']);
});

test.each([
  ["if (path.includes('nicegui')) return known;", 'nicegui'],
  ['Seen in Django applications', 'django'],
  ['import requests', 'requests'],
  ["sites.some((s) => s.startsWith('requests/'))", 'requests'],
  ['grows in step with the requests that were counted', undefined],
  ['a flaskful, as the python interpreter says; expressive', undefined],
  ['the finalizer is registered repeatedly', undefined],
])('%s names %s', (line, name) => {
  expect(packageNamedIn(line)).toBe(name);
});

test('a pattern that names a package, or lacks its tests, fails', () => {
  const root = tree({
    'exhibits/x/requirements-old.txt': '# why\nSome_Server[all]==2.1  # requests\n',
    'packages/core/src/patterns/pattern.ts': '// as some_server does',
    'packages/core/src/patterns/index.ts': '// django',
    'packages/core/src/patterns/timer-never-cleared/README.md': 'A timer.',
    'packages/core/src/patterns/timer-never-cleared/match.ts': 'export const match = 1;',
  });
  expect(checkPatterns(root)).toEqual([
    'packages/core/src/patterns/index.ts:1: names django; a pattern names no package',
    'packages/core/src/patterns/pattern.ts:1: names some_server; a pattern names no package',
    'packages/core/src/patterns/timer-never-cleared: lacks match.test.ts',
  ]);
});
