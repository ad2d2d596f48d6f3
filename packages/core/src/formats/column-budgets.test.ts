import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dominators } from '../graph/dominators/index.ts';
import type { HeapGraph } from '../graph/heap-graph.ts';
import { bytesInMemory } from './byte-source.ts';
import { graphSections, type Section } from './column-cache/index.ts';
import { loadDump } from './cpython-dump/index.ts';
import { keptSections } from './v8-heapsnapshot/kept-snapshot.ts';
import { DEFAULT_SNAPSHOT_OPTIONS, readSnapshot, snapshotGraph } from './v8-heapsnapshot/load-snapshot.ts';
import { writeSnapshot, type SmallNode } from './v8-heapsnapshot/testing/small-snapshot.ts';

// What a heap costs in memory once it is loaded. These numbers are budgets: a change that raises one says why in its message.
// Peaks while loading are measured by `npm run bench:engine`.

const NODES = 20_000;
const EDGES_OF_A_NODE = 3;
const HEAP: readonly SmallNode[] = Array.from({ length: NODES }, (_, node) => ({
  name: `Class${node % 50}`,
  edges: Array.from({ length: EDGES_OF_A_NODE }, (_unused, edge) => ['property', `field${edge}`, (node * 7 + edge * 13) % NODES] as const),
}));
const SOURCE = bytesInMemory(new TextEncoder().encode(writeSnapshot(HEAP)));

/** Bytes of columns with one entry for each node, each reference, each string, and the rest. */
function bytesPer(sections: readonly Section[], { nodeCount, edgeCount }: HeapGraph, stringCount: number): Record<string, number> {
  const found: Record<string, number> = { node: 0, edge: 0, string: 0, rest: 0 };
  const perEntry = (length: number): string =>
    Math.abs(length - nodeCount) <= 1 ? 'node' : length === edgeCount ? 'edge' : Math.abs(length - stringCount) <= 1 ? 'string' : 'rest';
  for (const { column } of sections) {
    const per = perEntry(column.length);
    found[per] += per === 'rest' ? column.byteLength : column.BYTES_PER_ELEMENT;
  }
  return found;
}

describe('memory of a loaded heap', () => {
  it.each([
    { keepNames: false, budget: { node: 16, edge: 5, string: 5, rest: 10_000 } },
    { keepNames: true, budget: { node: 16, edge: 9, string: 5, rest: 10_000 } },
  ])('is within its budget for V8 snapshots, names kept: $keepNames', ({ keepNames, budget }) => {
    const read = readSnapshot(SOURCE, { ...DEFAULT_SNAPSHOT_OPTIONS, keepNames });
    const graph = snapshotGraph(read, SOURCE);
    expect([graph.nodeCount, graph.edgeCount]).toEqual([NODES, NODES * EDGES_OF_A_NODE]);
    const found = bytesPer(keptSections(read), graph, read.columns.strings.count);
    expect(found.rest).toBeLessThanOrEqual(budget.rest);
    expect({ ...found, rest: budget.rest }).toEqual(budget);
  });

  it('is within its budget for dominators and retained sizes', () => {
    const graph = snapshotGraph(readSnapshot(SOURCE), SOURCE);
    const { number, node, dominator, retained } = dominators(graph);
    // What is alive: sizes of 32 bits lie in the half of a longer column.
    const bytes = [number, node, dominator, retained].reduce((sum, column) => sum + column.buffer.byteLength, 0);
    expect(Math.ceil(bytes / NODES - 0.01)).toBe(20);
  });

  it('is within its budget for CPython dumps, labels and texts aside', () => {
    const file = readFileSync(new URL('../../../../protocol/golden/golden-3.13.heap', import.meta.url));
    const { graph } = loadDump(file, (stored, length) => inflateSync(stored, { maxOutputLength: Math.max(1, length) }));
    expect(bytesPer(graphSections(graph), graph, -2)).toEqual({ node: 20, edge: 5, string: 0, rest: 0 });
  });
});
