import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EdgeLabel } from '../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex, SiteFrame } from '../../graph/heap-graph.ts';
import { loadBytes } from './testing/load-small.ts';
import { ALL_KINDS } from './testing/programs.ts';
import { takeSnapshot } from './testing/take-snapshot.ts';
import { V8Language } from './v8-language.ts';

let graph: HeapGraph;
let app: NodeIndex;
const snapshot = takeSnapshot(ALL_KINDS);
beforeAll(() => {
  graph = loadBytes(snapshot.bytes);
  const globals = graph.roots.filter(({ kind }) => kind === 'global');
  expect(globals).toHaveLength(1);
  app = child(globals[0].node, '.app');
});
afterAll(() => snapshot[Symbol.dispose]());

interface Child {
  readonly label: EdgeLabel;
  readonly text: string;
  readonly node: NodeIndex;
}

function childrenOf(node: NodeIndex): Child[] {
  const found: Child[] = [];
  graph.language.children(graph, node, {
    child: (target, label) => found.push({ label, text: graph.language.labelText(graph, label), node: target }),
    absorb: () => true,
  });
  return found;
}

function child(node: NodeIndex, text: string): NodeIndex {
  const found = childrenOf(node).find((each) => each.text === text);
  if (found === undefined)
    throw new Error(
      `no ${text} among ${childrenOf(node)
        .map((each) => each.text)
        .join(' ')}`,
    );
  return found.node;
}

/** What a developer would say of an object's children; the parts of V8's that every object or function has are left out. */
function shown(path: string, limit = 20): string[] {
  return childrenOf(child(app, path))
    .filter(({ text }) => !/^(?:\.__proto__|<(?:map|shared|code|feedback_cell|scope_info|initial_map|dispatch_handle)>)$/.test(text))
    .slice(0, limit)
    .map(({ text, node }) => `${text} ${graph.types[graph.typeOf[node]].displayName} ${graph.language.nodeText(graph, node) ?? ''}`.trim());
}

function entryCount(path: string): number {
  return graph.language.entryCount(graph, child(app, path));
}

describe('objects are shown as their developer wrote them', () => {
  it('properties, symbols and odd keys', () => {
    const texts = childrenOf(app).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['.array', '["odd key"]', '[Symbol(mark)]', '.map']));
  });

  it('elements of arrays, without the array behind them', () => {
    expect(shown('.array')).toEqual(['[0] Widget', '[1] (string) text', '[3] Widget']);
    expect(shown('.sparse')).toEqual(['[100000] Widget']);
    expect(entryCount('.array')).toBe(3);
  });

  it('entries of Maps under their keys, whatever the keys are', () => {
    expect(shown('.map')).toMatchInlineSnapshot(`
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
    expect(shown('.big', 3)).toEqual(['<key> (string) id-100', '["id-100"] Object', '<key> (string) id-101']);
    expect(entryCount('.big')).toBe(900);
  });

  it('members of Sets', () => {
    expect(shown('.set')).toEqual(['{…} Widget', '{…} (string) member']);
    expect(entryCount('.set')).toBe(2);
  });

  it('entries of WeakMaps as held by their keys', () => {
    expect(shown('.weakMap')).toEqual([]);
    expect(entryCount('.weakMap')).toBe(1);
    expect(entryCount('.weakSet')).toBe(1);
    expect(shown('.key')).toEqual(expect.arrayContaining(['<value in WeakMap> Widget']));
  });

  it('properties of an object that is used as a dictionary as entries', () => {
    expect(shown('.dictionary', 40).filter((text) => text.startsWith('["k'))).toHaveLength(20);
    expect(graph.language.labelText(graph, childrenOf(child(app, '.dictionary'))[0].label)).toMatch(/^\["k\d+"\]$/);
    expect(graph.language.labelPattern(graph, childrenOf(child(app, '.dictionary'))[0].label)).toBe('[x]');
    expect(entryCount('.dictionary')).toBe(20);
  });

  it('variables of closures, from the innermost function on', () => {
    const texts = shown('.nested', 4);
    expect(texts.slice(0, 2)).toEqual(['closure between Widget', 'closure around Widget']);
    expect(shown('.nested', 100)).toContain('closure app Object');
  });

  it('what a generator keeps while it waits', () => {
    expect(shown('.generator', 100)).toContain('local variable Widget');
  });

  it('what a bound function was bound to', () => {
    expect(shown('.bound')).toEqual(expect.arrayContaining([expect.stringMatching(/^<bound_function> Function listener$/)]));
  });
});

describe('objects are told apart', () => {
  it('by their texts, of which the beginning is shown', () => {
    const long = child(app, '.long');
    expect(graph.language.nodeText(graph, long)).toBe(`${'x'.repeat(79)}…`);
    expect(graph.texts.text(long)).toMatch(/^x{200}\d+$/);
    expect(graph.language.nodeText(graph, child(app, '.joined'))).toBe(`first part and ${'x'.repeat(64)}…`);
    expect(graph.language.nodeText(graph, child(app, '.nested'))).toBe('inner');
    expect(graph.language.nodeText(graph, child(app, '.array'))).toBeUndefined();
  });

  it('by what they are for', () => {
    const role = (path: string): string | undefined => graph.language.role(graph, child(app, path));
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
    expect(locationOf(child(app, '.nested'))).toMatchObject({
      function: 'inner',
      line: 21,
      file: expect.stringMatching(/program\.cjs$/) as string,
    });
    expect(locationOf(child(child(app, '.array'), '[0]'))).toMatchObject({ function: 'Widget', line: 2, column: 27 });
    expect(locationOf(child(app, '.long'))).toBeUndefined();
  });
});

describe('what lives and dies', () => {
  it('global objects live', () => {
    const [global] = graph.roots.filter(({ kind }) => kind === 'global');
    expect(graph.language.status(graph, global.node)).toMatchObject({ status: 'alive' });
    expect(graph.language.status(graph, app)).toEqual({ status: 'unknown' });
  });

  it('registered finalizers, with what they watch and hold', () => {
    const key = child(app, '.key');
    const registration = graph.language.finalizers(graph).find(({ callback }) => callback === 'onGone');
    expect(registration).toMatchObject({ target: key, callbackFrame: { function: 'onGone', line: 15 } });
    expect(registration?.holds.map((node) => graph.types[graph.typeOf[node]].displayName)).toEqual(['Function', 'Object']);
  });

  it('weak references of the program', () => {
    const { source, target } = graph.weak;
    const at = source.indexOf(child(app, '.weakRef'));
    expect(target[at]).toBe(child(app, '.key'));
  });
});
