import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../byte-source.ts';
import type { Section } from '../column-cache/index.ts';
import { rereadSections } from '../column-cache/testing/reread-sections.ts';
import { keptSections, restoreSnapshot } from './kept-snapshot.ts';
import { DEFAULT_SNAPSHOT_OPTIONS, readSnapshot, snapshotGraph } from './load-snapshot.ts';
import { columnsOf } from './testing/load-small.ts';
import { writeSnapshot, type SmallNode } from './testing/small-snapshot.ts';

// A page with a detached element, a WeakMap entry, an object of more than 4 GB and more strings than a page of offsets holds.
const HEAP: readonly SmallNode[] = [
  {
    type: 'synthetic',
    name: '',
    size: 0,
    edges: [
      ['element', 1, 1],
      ['shortcut', 'window', 2],
    ],
  },
  { type: 'synthetic', name: '(Document DOM trees)', size: 0, edges: [['element', 1, 4]] },
  {
    name: 'Window / http://example.org',
    id: 3,
    edges: [
      ['property', 'cache', 3],
      ['weak', 'seen', 4],
      ['internal', 'map', 5],
    ],
  },
  {
    name: 'WeakMap',
    id: 9,
    size: 5_000_000_000,
    edges: [
      ['internal', '1 / part of key (Object @11) -> value (Object @13) pair in WeakMap (table @9)', 6],
      ['weak', '2', 7],
    ],
  },
  { type: 'native', name: '<div id="a">', detached: 2 },
  { type: 'hidden', name: 'system / Map' },
  { name: 'Object', id: 13 },
  {
    name: 'Object',
    id: 11,
    edges: [['internal', '1 / part of key (Object @11) -> value (Object @13) pair in WeakMap (table @9)', 6]],
  },
  ...Array.from({ length: 70_000 }, (_, i) => ({ type: 'string', name: `text ${i}` })),
];
const SOURCE = bytesInMemory(new TextEncoder().encode(writeSnapshot(HEAP)));

describe('a snapshot from a column cache', () => {
  it.each([
    { shallowSizes: 'owner', keepNames: false },
    { shallowSizes: 'raw', keepNames: true },
  ] as const)('says what it said when it was read ($shallowSizes sizes, names kept: $keepNames)', (options) => {
    const read = readSnapshot(SOURCE, { ...DEFAULT_SNAPSHOT_OPTIONS, ...options });
    const graph = snapshotGraph(read, SOURCE);
    const again = snapshotGraph(restoreSnapshot(rereadSections(keptSections(read)), SOURCE)!, SOURCE);
    expect(columnsOf(again)).toEqual(columnsOf(graph));
    expect(again.pairs).toEqual(graph.pairs);
    expect(again.pairs?.edge.length).toBe(2);
    expect(again.gaps).toEqual(graph.gaps);
    const nodeText = (node: number): string | undefined => again.language.nodeText(again, node);
    expect([8, 70_007].map(nodeText)).toEqual(['text 0', 'text 69999']);
  });

  const kept = keptSections(readSnapshot(SOURCE));
  it.each(kept.map(({ name }) => name))('is refused without %s', (name) => {
    const others: readonly Section[] = kept.filter((section) => section.name !== name);
    expect(restoreSnapshot(rereadSections(others), SOURCE)).toBeUndefined();
  });
});
