import { describe, expect, it } from 'vitest';
import { CLEAN_COMMONJS, CLEAN_ES, LEAKY_COMMONJS, LEAKY_ES, LEAKY_EXPORT, LEAKY_SCRIPT, ODD_MODULES } from './testing/module-programs.ts';
import { dominatorLines, heapOfProgram, moduleNames, suspectLines } from './testing/modules-of.ts';

describe('a variable of a module that keeps most of a heap', () => {
  it('is named with its ES module, and so are the rows of the dominator view', () => {
    const heap = heapOfProgram(LEAKY_ES);
    expect(suspectLines(heap)).toMatchInlineSnapshot(`
      [
        "1 Map: module …/store.mjs (ModuleWrap) → variable sessions (Map), of …/store.mjs",
      ]
    `);
    expect(dominatorLines(heap)).toMatchInlineSnapshot(`
      [
        "global: global",
        "  system / Context: module store.mjs",
        "    Map: module store.mjs → variable sessions",
        "      (array): module store.mjs → variable sessions",
      ]
    `);
  });

  it('is named with its CommonJS module', () => {
    const heap = heapOfProgram(LEAKY_COMMONJS);
    expect(suspectLines(heap)).toMatchInlineSnapshot(`
      [
        "1 Map: module …/store.cjs (Module) → variable sessions (Map), of …/store.cjs",
      ]
    `);
    expect(dominatorLines(heap)).toMatchInlineSnapshot(`
      [
        "global: global",
        "  Module: module store.cjs",
        "    system / Context: module store.cjs",
        "      Map: module store.cjs → variable sessions",
      ]
    `);
  });

  it('is named with the script that is run, though nothing leads from its module to it', () => {
    const heap = heapOfProgram(LEAKY_SCRIPT);
    expect(suspectLines(heap)).toMatchInlineSnapshot(`
      [
        "1 Map: module …/main.cjs (Module) → variable sessions (Map), of …/main.cjs",
      ]
    `);
  });

  it('is named with the module that exports it, whoever imports it or hands it on', () => {
    expect(suspectLines(heapOfProgram(LEAKY_EXPORT))).toMatchInlineSnapshot(`
      [
        "1 Map: module …/store.mjs (ModuleWrap) → export sessions (Map), of …/store.mjs",
      ]
    `);
  });

  it('is not named where it keeps little: the same programs with a bound', () => {
    expect(suspectLines(heapOfProgram(CLEAN_ES))).toEqual([]);
    expect(suspectLines(heapOfProgram(CLEAN_COMMONJS))).toEqual([]);
  });
});

describe('modules of all kinds', () => {
  const heap = heapOfProgram(ODD_MODULES);
  const where = (type: string): string[] => {
    const { graph } = heap.heap;
    const number = graph.types.findIndex(({ displayName }) => displayName === type);
    const nodes = Array.from({ length: graph.nodeCount }, (_, node) => node).filter((node) => graph.typeOf[node] === number);
    return nodes.map((node) => String(heap.heap.where(node))).sort();
  };

  it('are roots where a loader keeps them, those of node:vm and those that were deleted from the cache are not', () => {
    expect(moduleNames(heap)).toMatchInlineSnapshot(`
      [
        "data:text/javascript,export const big = new Map(); const hidden = new Map(); ex…",
        "…/broken.mjs",
        "…/main.mjs",
        "…/once.cjs",
        "…/once.cjs",
        "…/page.mjs?version=1",
        "…/page.mjs?version=2",
        "…/twice.cjs",
      ]
    `);
  });

  it('lead to their variables', () => {
    expect(where('Set').filter((text) => text.includes('seen'))).toMatchInlineSnapshot(`
      [
        "module page.mjs → variable seen",
        "module page.mjs → variable seen",
      ]
    `);
    expect(where('Map').filter((text) => /big|hidden|inside|left/.test(text))).toMatchInlineSnapshot(`
      [
        "module broken.mjs → export use → closure left",
        "module data:text/javascript,export const big = new Map(); const hidden = new Map(); ex… → export big",
        "module data:text/javascript,export const big = new Map(); const hidden = new Map(); ex… → variable hidden",
      ]
    `);
    expect(where('Array').filter((text) => text.includes('calls'))).toMatchInlineSnapshot(`
      [
        "module main.mjs → variable before → .call → closure calls",
        "module once.cjs → variable calls",
        "module twice.cjs → .exports → .call → closure calls",
      ]
    `);
  });
});

describe('a program without a file', () => {
  it.each([
    ['an ES module', ['--input-type=module', '-e']],
    ['a script', ['-e']],
  ])('is read, %s', (_, flags) => {
    const write = flags.length > 1 ? "(await import('node:v8'))" : "require('node:v8')";
    const program = {
      files: {},
      flags: [...flags, `const kept = new Map(); globalThis.use = () => kept; ${write}.writeHeapSnapshot(process.argv[1]);`],
    };
    const heap = heapOfProgram(program);
    expect(heap.heap.graph.roots.length).toBeGreaterThan(1);
    expect(suspectLines(heap).join()).not.toContain('kept');
  });
});
