import { describe, expect, it } from 'vitest';
import { chromiumPath, takeChromiumSnapshot } from '../../../../../tools/oracle/chromium.ts';
import { OTHER_NODES, otherNode } from '../../../../../tools/oracle/other-nodes.ts';
import { loadBytes } from '../../formats/v8-heapsnapshot/testing/load-small.ts';
import { takePage } from '../../formats/v8-heapsnapshot/testing/take-snapshot.ts';
import { CLEAN_COMMONJS, CLEAN_ES, LEAKY_COMMONJS, LEAKY_ES, LEAKY_EXPORT, LEAKY_SCRIPT, ODD_MODULES } from './testing/module-programs.ts';
import { heapOfProgram, moduleNames, suspectLines } from './testing/modules-of.ts';

describe.each(OTHER_NODES)('in a heap of Node %s', (version) => {
  const node = otherNode(version);

  it.skipIf(node === undefined)('the variable of a module that keeps most is named with its module', () => {
    expect(suspectLines(heapOfProgram(LEAKY_ES, node))).toEqual([
      '1 Map: module …/store.mjs (ModuleWrap) → variable sessions (Map), of …/store.mjs',
    ]);
    expect(suspectLines(heapOfProgram(LEAKY_EXPORT, node))).toEqual([
      '1 Map: module …/store.mjs (ModuleWrap) → export sessions (Map), of …/store.mjs',
    ]);
    expect(suspectLines(heapOfProgram(LEAKY_COMMONJS, node))).toEqual([
      '1 Map: module …/store.cjs (Module) → variable sessions (Map), of …/store.cjs',
    ]);
    expect(suspectLines(heapOfProgram(LEAKY_SCRIPT, node))).toEqual([
      '1 Map: module …/main.cjs (Module) → variable sessions (Map), of …/main.cjs',
    ]);
  });

  it.skipIf(node === undefined)('it is not where it keeps little', () => {
    for (const program of [CLEAN_ES, CLEAN_COMMONJS]) expect(suspectLines(heapOfProgram(program, node)).join()).not.toContain('sessions');
  });

  it.skipIf(node === undefined)('modules are those that a loader keeps', () => {
    expect(moduleNames(heapOfProgram(ODD_MODULES, node))).toEqual(
      expect.arrayContaining(['…/main.mjs', '…/once.cjs', '…/page.mjs?version=1', '…/page.mjs?version=2', '…/twice.cjs']),
    );
  });
});

it.skipIf(chromiumPath() === undefined)('a page of Chromium has none', async () => {
  using snapshot = await takePage(takeChromiumSnapshot);
  const { roots } = loadBytes(snapshot.bytes);
  expect(roots.filter(({ kind }) => kind === 'module')).toEqual([]);
  expect(roots.filter(({ kind, name }) => kind === 'global' && /\/ (?::\/\/)?$/.test(name))).toEqual([]);
});
