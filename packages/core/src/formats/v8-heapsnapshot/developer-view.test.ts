import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeapGraph, NodeIndex, SiteFrame } from '../../graph/heap-graph.ts';
import { loadBytes } from './testing/load-small.ts';
import { ALL_KINDS } from './testing/programs.ts';
import { ShownHeap } from './testing/shown-children.ts';
import { takeSnapshot } from './testing/take-snapshot.ts';
import { V8Language } from './v8-language.ts';

let heap: ShownHeap;
let graph: HeapGraph;
const snapshot = takeSnapshot(ALL_KINDS);
beforeAll(() => {
  graph = loadBytes(snapshot.bytes);
  heap = new ShownHeap(graph);
});
afterAll(() => snapshot[Symbol.dispose]());

describe('objects are shown as their developer wrote them', () => {
  it('properties, symbols and odd keys', () => {
    const texts = heap.childrenOf(heap.app).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['.array', '["odd key"]', '[Symbol(mark)]', '.map']));
    expect(heap.shown('.private')).toContain('.#hidden Widget');
  });

  it('elements of arrays, without the array behind them', () => {
    expect(heap.shown('.array')).toEqual(['[0] Widget', '[1] (string) text', '[3] Widget']);
    expect(heap.shown('.sparse')).toEqual(['[100000] Widget']);
    expect(heap.entryCount('.array')).toBe(3);
  });

  it('entries of Maps under their keys, whatever the keys are', () => {
    expect(heap.shown('.map')).toMatchInlineSnapshot(`
      [
        "<key> (string) a",
        "["a"] Widget",
        "<key> Object",
        "[Object] Widget",
        "<key> (symbol) s",
        "[Symbol(s)] Widget",
        "[number] Widget",
        "<key> (string) small",
      ]
    `);
    expect(heap.shown('.big', 3)).toEqual(['<key> (string) id-100', '["id-100"] Object', '<key> (string) id-101']);
    expect(heap.entryCount('.big')).toBe(900);
  });

  it('members of Sets', () => {
    expect(heap.shown('.set')).toEqual(['{…} Widget', '{…} (string) member']);
    expect(heap.entryCount('.set')).toBe(2);
  });

  it('entries of WeakMaps as held by their keys', () => {
    expect(heap.shown('.weakMap')).toEqual([]);
    expect(heap.entryCount('.weakMap')).toBe(1);
    expect(heap.entryCount('.weakSet')).toBe(1);
    expect(heap.shown('.key')).toEqual(expect.arrayContaining(['<value in WeakMap> Widget']));
  });

  it('properties of an object that is used as a dictionary as entries', () => {
    expect(heap.shown('.dictionary', 40).filter((text) => text.startsWith('["k'))).toHaveLength(20);
    expect(graph.language.labelText(graph, heap.childrenOf(heap.at('.dictionary'))[0].label)).toMatch(/^\["k\d+"\]$/);
    expect(graph.language.labelPattern(graph, heap.childrenOf(heap.at('.dictionary'))[0].label)).toBe('[x]');
    expect(heap.entryCount('.dictionary')).toBe(20);
  });

  it('variables of closures, from the innermost function on', () => {
    const texts = heap.shown('.nested', 4);
    expect(texts.slice(0, 2)).toEqual(['closure between Widget', 'closure around Widget']);
    expect(heap.shown('.nested', 100)).toContain('closure app Object');
  });

  it('what a generator keeps while it waits', () => {
    expect(heap.shown('.generator', 100)).toContain('local variable Widget');
  });

  it('what a bound function was bound to', () => {
    expect(heap.shown('.bound')).toEqual(expect.arrayContaining([expect.stringMatching(/^<bound_function> Function listener$/)]));
  });
});

describe('objects are told apart', () => {
  it('by their texts, of which the beginning is shown', () => {
    const long = heap.at('.long');
    expect(graph.language.nodeText(graph, long)).toBe(`${'x'.repeat(79)}…`);
    expect(graph.texts.text(long)).toMatch(/^x{200}\d+$/);
    expect(graph.language.nodeText(graph, heap.at('.joined'))).toBe(`first part and ${'x'.repeat(64)}…`);
    expect(graph.language.nodeText(graph, heap.at('.nested'))).toBe('inner');
    expect(graph.language.nodeText(graph, heap.at('.array'))).toBeUndefined();
  });

  it('by what they are for', () => {
    const role = (path: string): string | undefined => graph.language.role(graph, heap.at(path));
    expect(['.nested', '.weakRef', '.long', '.joined', '.promise', '.map'].map(role)).toEqual([
      'callable',
      'weak',
      'constant',
      'constant',
      'activity',
      undefined,
    ]);
  });

  it('by where their functions and constructors are written', () => {
    const { language } = graph;
    if (!(language instanceof V8Language)) throw new Error('a snapshot is not in the language of V8');
    const locationOf = (node: NodeIndex): SiteFrame | undefined => language.locationOf(node);
    expect(locationOf(heap.at('.nested'))).toMatchObject({
      function: 'inner',
      line: 21,
      file: expect.stringMatching(/program\.cjs$/) as string,
    });
    expect(locationOf(heap.child(heap.at('.array'), '[0]'))).toMatchObject({ function: 'Widget', line: 2, column: 27 });
    expect(locationOf(heap.at('.long'))).toBeUndefined();
  });
});

describe('what lives and dies', () => {
  it('global objects live', () => {
    const [global] = graph.roots.filter(({ kind }) => kind === 'global');
    expect(graph.language.status(graph, global.node)).toMatchObject({ status: 'alive' });
    expect(graph.language.status(graph, heap.app)).toEqual({ status: 'unknown' });
  });

  it('registered finalizers, with what they watch and hold', () => {
    const key = heap.at('.key');
    const registration = graph.language.finalizers(graph).find(({ callback }) => callback === 'onGone');
    expect(registration).toMatchObject({ target: key, callbackFrame: { function: 'onGone', line: 15 } });
    expect(registration?.holds.map((node) => graph.types[graph.typeOf[node]].displayName)).toEqual(['Function', 'Object']);
  });

  it('weak references of the program', () => {
    const { source, target } = graph.weak;
    const at = source.indexOf(heap.at('.weakRef'));
    expect(target[at]).toBe(heap.at('.key'));
  });
});
