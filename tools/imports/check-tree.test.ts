import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { checkTree } from './check-tree.ts';
import { findCycles } from './find-cycles.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

function check(textByFile: Readonly<Record<string, string>>, debts?: Parameters<typeof checkTree>[1]): string[] {
  const root = mkdtempSync(join(tmpdir(), 'imports-'));
  made.push(root);
  for (const [file, text] of Object.entries(textByFile)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return debts === undefined ? checkTree(root) : checkTree(root, debts);
}

describe('the layers of core', () => {
  test('a layer may import those above it', () => {
    expect(
      check({
        'packages/core/src/graph/heap.ts': 'export const heap = 1;',
        'packages/core/src/evidence/growth.ts': "import { heap } from '../graph/heap.ts'; export const g = heap;",
        'packages/core/src/query/answer.ts': "import { g } from '../evidence/growth.ts'; import '../formats/a/load.ts'; export { g };",
        'packages/core/src/formats/a/load.ts': "import { heap } from '../../graph/heap.ts'; export { heap };",
      }),
    ).toEqual([]);
  });

  test('a layer may not import one below it, not even for a type', () => {
    expect(
      check({
        'packages/core/src/graph/heap.ts': "import type { R } from '../report/report.ts'; export type H = R;",
        'packages/core/src/report/report.ts': 'export type R = 1;',
      }),
    ).toEqual(['packages/core/src/graph/heap.ts:1: packages/core/src/graph may not import packages/core/src/report/report.ts']);
  });

  test('evidence does not know file formats', () => {
    expect(
      check({
        'packages/core/src/evidence/growth.ts': "export { load } from '../formats/a/load.ts';",
        'packages/core/src/formats/a/load.ts': 'export const load = 1;',
      }),
    ).toHaveLength(1);
  });
});

test('faces import the index of core and nothing behind it', () => {
  expect(
    check({
      'packages/core/src/index.ts': '',
      'packages/core/src/report/report.ts': '',
      'packages/reporters/src/a.ts': "import '@heaptrail/core';\nimport '../../core/src/report/report.ts';\nimport 'picocolors';",
    }),
  ).toEqual([
    'packages/reporters/src/a.ts:2: packages/reporters may not import packages/core/src/report/report.ts',
    'packages/reporters/src/a.ts:3: packages/reporters may not import the package picocolors',
  ]);
});

describe('core is pure', () => {
  test.each([
    ["import { readFileSync } from 'node:fs';", 'may not import the package node:fs'],
    ["const fs = await import('node:fs');", 'may not import the package node:fs'],
    ['export const bytes = Buffer.alloc(1);', 'Buffer in a pure folder'],
    ['export const at = Date.now();', 'Date.now in a pure folder'],
    ['export const at = new Date();', 'new Date() in a pure folder'],
    ['console.log(1);', 'console in a pure folder'],
    ['export const name = process.argv[0];', 'process in a pure folder'],
    ['export const dice = Math.random();', 'Math.random in a pure folder'],
  ])('%s', (text, complaint) => {
    const problems = check({ 'packages/core/src/graph/a.ts': text });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(complaint);
  });

  test.each([
    'export function f(process: { readonly pid: number }) { return process.pid; }',
    'export interface S { readonly process: number }\nexport const f = (s: S) => s.process;',
    '/** process.exit(), Date.now() */\nexport const text = "console.log";',
    'export const at = new Date(0);',
  ])('no false alarm: %s', (text) => {
    expect(check({ 'packages/core/src/graph/a.ts': text })).toEqual([]);
  });
});

describe('tests', () => {
  test('may reach anywhere, and nothing else may import what is theirs', () => {
    expect(
      check({
        'packages/core/src/graph/a.test.ts': "import 'node:fs'; import '../query/q.ts'; import 'vitest';",
        'packages/core/src/query/q.ts': "import '../report/sample-report.ts';",
        'packages/core/src/report/sample-report.ts': '',
      }),
    ).toEqual(['packages/core/src/query/q.ts:1: imports packages/core/src/report/sample-report.ts, which is for tests']);
  });
});

describe('debts', () => {
  const rules = [
    { from: 'a', may: [], packages: [] },
    { from: 'b', may: [], packages: [] },
  ];
  const debt = { file: 'a/x.ts', imports: 'b/y.ts', why: 'until y moves' };

  test('a listed import passes', () => {
    expect(check({ 'a/x.ts': "import '../b/y.ts';", 'b/y.ts': '' }, { rules, debts: [debt] })).toEqual([]);
  });

  test('a debt that is paid must leave the list', () => {
    expect(check({ 'a/x.ts': '', 'b/y.ts': '' }, { rules, debts: [debt] })).toEqual([
      'debt paid: a/x.ts no longer imports b/y.ts; take it off the list',
    ]);
  });

  test('a folder without a rule is a problem of its own', () => {
    expect(check({ 'c/z.ts': '' }, { rules, debts: [] })).toHaveLength(1);
  });
});

describe('cycles', () => {
  test('are found between files of one folder', () => {
    expect(
      check({
        'packages/core/src/graph/a.ts': "import './b.ts';",
        'packages/core/src/graph/b.ts': "import './c.ts';",
        'packages/core/src/graph/c.ts': "import './a.ts';",
        'packages/core/src/graph/d.ts': "import './a.ts';",
      }),
    ).toEqual(['cycle: packages/core/src/graph/a.ts -> packages/core/src/graph/b.ts -> packages/core/src/graph/c.ts']);
  });

  test('types that name each other are none: they are gone when the program runs', () => {
    expect(
      check({
        'packages/core/src/graph/a.ts': "import type { B } from './b.ts'; export type A = B;",
        'packages/core/src/graph/b.ts': "import { type A } from './a.ts'; export type B = A;",
      }),
    ).toEqual([]);
  });

  test('a chain of ten thousand files does not exhaust the stack', () => {
    const chain = new Map(Array.from({ length: 10_000 }, (_, k) => [`f${k}`, [`f${k + 1}`]]));
    expect(findCycles(chain)).toEqual([]);
    chain.set('f9999', ['f0']);
    expect(findCycles(chain)[0]).toHaveLength(10_000);
  });
});
