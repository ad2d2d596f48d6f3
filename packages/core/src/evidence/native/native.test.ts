import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph/text-notation.ts';
import { nativeHolds, outsideReferences } from './native-holds.ts';
import { ReferenceGrowthTracker, type ReferenceGrowth, type ReferenceGrowths } from './reference-growth.ts';

const range = (n: number, of: (i: number) => string): string => Array.from({ length: n }, (_, i) => of(i)).join('\n');

function growthsOver(heaps: readonly string[]): ReferenceGrowths {
  const tracker = new ReferenceGrowthTracker();
  for (const heap of heaps) tracker.add(parseGraph(heap).graph);
  return tracker.result();
}

const growthOver = (heaps: readonly string[]): readonly ReferenceGrowth[] => growthsOver(heaps).growths;
const openOver = (heaps: readonly string[]): readonly (readonly number[])[] => growthsOver(heaps).open.map(({ references }) => references);

describe('what native code holds', () => {
  it('is counted by type: objects, and references that nothing in the heap accounts for', () => {
    const { graph, node } = parseGraph(
      `module app = m\nm .a page0\nnative x = page0\nnative x = page1\nnative y = page1\nnative x = image0`,
    );
    expect(nativeHolds(graph)).toEqual([
      { type: 'page', objects: 2, references: 3 },
      { type: 'image', objects: 1, references: 1 },
    ]);
    expect(outsideReferences(graph, [node('page1'), node('m'), node('image0')])).toEqual([2, 0, 1]);
  });

  it('is not known where the runtime does not count', () => {
    const { outside: _, ...graph } = parseGraph('module app = m').graph;
    expect(nativeHolds(graph)).toBeUndefined();
    expect(outsideReferences(graph, [0])).toBeUndefined();
  });
});

describe('references to the same objects', () => {
  const retained = (times: number): string => `module app = m\nm .device device0\n${range(times, () => 'native x = device0')}`;

  it('that rise in every dump are found, though nothing in the heap grows', () => {
    expect(growthOver([10, 30, 50, 70, 90].map(retained))).toEqual([
      { type: 'device', references: [10, 30, 50, 70, 90], objects: [1, 1, 1, 1, 1], most: 1, referencesOfMost: 90 },
    ]);
  });

  it('that are given back are not', () => {
    expect(growthsOver([10, 80, 10, 80, 90].map(retained))).toEqual({ growths: [], open: [] });
  });

  it('are not told from noise by three dumps, by a few, or where they fall in between, and are open then', () => {
    const rises = [
      [10, 50, 90],
      [10, 20, 30, 40, 50],
      [10, 90, 70, 130, 150],
    ];
    for (const references of rises) {
      expect(growthOver(references.map(retained))).toEqual([]);
      expect(openOver(references.map(retained))).toEqual([references]);
    }
    expect(growthsOver([1, 2, 3, 4, 5].map(retained))).toEqual({ growths: [], open: [] });
  });

  it('are not spoken of where there are more objects each time: that is growth of the heap', () => {
    const more = (n: number): string => `module app = m\n${range(n, (i) => `native x = page${i}`)}`;
    expect(growthOver([10, 30, 50, 70, 90].map(more))).toEqual([]);
  });

  it('are not spoken of where as many objects of another type came: these may hold them where nobody looks', () => {
    const heaps = (perReference: number) =>
      [10, 30, 50, 70, 90].map((n) => `${retained(n)}\nm .all l\n${range(n * perReference, (i) => `l [${i}] handle${i}`)}`);
    expect(growthOver(heaps(1))).toEqual([]);
    expect(growthOver(heaps(3))).toHaveLength(1);
  });

  it('of what all code shares say nothing', () => {
    for (const type of ['str', 'class', 'call', 'module'])
      expect(growthOver([10, 30, 50, 70, 90].map((times) => retained(times).replaceAll('device0', `${type}0`)))).toEqual([]);
  });

  it('are not known where one dump has no counts', () => {
    const tracker = new ReferenceGrowthTracker();
    for (const times of [10, 30, 50, 70, 90]) tracker.add(parseGraph(retained(times)).graph);
    const { outside: _, ...uncounted } = parseGraph(retained(110)).graph;
    tracker.add(uncounted);
    expect(tracker.result()).toEqual({ growths: [], open: [] });
  });
});
