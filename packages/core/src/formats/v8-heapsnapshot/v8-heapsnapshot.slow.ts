import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chromiumPath, takeChromiumSnapshot } from '../../../../../tools/oracle/chromium.ts';
import { AGREEMENT, disagreement } from '../../../../../tools/oracle/compare-with-devtools.ts';
import { devToolsHeapOfText } from '../../../../../tools/oracle/devtools.ts';
import { OTHER_NODES, otherNode } from '../../../../../tools/oracle/other-nodes.ts';
import { loadBytes, loadText } from './testing/load-small.ts';
import { differences } from './testing/parsed-oracle.ts';
import { ALL_KINDS, MIXED_HEAP } from './testing/programs.ts';
import { expectReadAsJson } from './testing/read-as-json.ts';
import { randomHeap } from './testing/random-heap.ts';
import { childrenOf, ShownHeap } from './testing/shown-children.ts';
import { writeSnapshot } from './testing/small-snapshot.ts';
import { takePage, takeSnapshot } from './testing/take-snapshot.ts';

describe.each(OTHER_NODES)('a snapshot of Node %s', (version) => {
  const node = otherNode(version);

  it.skipIf(node === undefined)('has every number and name of its JSON', () => {
    using snapshot = takeSnapshot(MIXED_HEAP, node);
    const text = new TextDecoder().decode(snapshot.bytes);
    expect(differences(loadBytes(snapshot.bytes, { shallowSizes: 'raw' }), text)).toEqual([]);
  });

  it.skipIf(node === undefined)('shows objects as their developer wrote them', () => {
    using snapshot = takeSnapshot(ALL_KINDS, node);
    const heap = new ShownHeap(loadBytes(snapshot.bytes));
    expect(heap.shown('.array')).toEqual(['[0] Widget', '[1] (string) text', '[3] Widget']);
    expect(heap.shown('.map')).toEqual(
      expect.arrayContaining(['["a"] Widget', '[Object] Widget', '[Symbol(s)] Widget', '[number] Widget']),
    );
    expect(heap.shown('.set')).toEqual(['{…} Widget', '{…} (string) member']);
    expect(heap.shown('.nested', 2)).toEqual(['closure between Widget', 'closure around Widget']);
    expect(heap.shown('.nested', 100)).toContain('closure app Object');
    expect(heap.shown('.generator', 100)).toContain('local variable Widget');
    expect(['.big', '.dictionary', '.weakMap'].map((path) => heap.entryCount(path))).toEqual([900, 20, 1]);
    const { graph } = heap;
    expect(graph.language.finalizers(graph).find(({ callback }) => callback === 'onGone')?.target).toBe(heap.at('.key'));
  });
});

it.skipIf(chromiumPath() === undefined)('a page in Chromium has its global object, and elements that were taken out of it', async () => {
  using snapshot = await takePage(takeChromiumSnapshot);
  const graph = loadBytes(snapshot.bytes);
  const globals = graph.roots.filter(({ kind }) => kind === 'global');
  const kept = globals.map(({ node }) => childrenOf(graph, node).find(({ text }) => text === '.kept')).find((each) => each !== undefined);
  const items = childrenOf(graph, kept!.node).filter(({ text }) => /^\[\d+\]$/.test(text));
  // Every third of 300 elements is kept; the first half of all was removed.
  expect(items).toHaveLength(100);
  expect(items.filter(({ node }) => graph.language.status(graph, node).status === 'leaking')).toHaveLength(50);
});

it('30,000 small heaps with every rule in them have what DevTools says of every node', async () => {
  await fc.assert(
    fc.asyncProperty(randomHeap, async (nodes) => {
      const text = writeSnapshot(nodes);
      const devTools = await devToolsHeapOfText(text);
      const found = disagreement(loadText(text), devTools);
      expect(devTools.hasKnots ? { ...found, dominator: 0, retained: 0 } : found).toMatchObject(AGREEMENT);
    }),
    { numRuns: 30_000 },
  );
});

it('300 files of random numbers read as JSON.parse reads them', () => {
  expectReadAsJson({ numRuns: 300 });
});
