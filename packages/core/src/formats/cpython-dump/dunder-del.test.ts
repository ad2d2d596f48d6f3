import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { loadDump } from './index.ts';

const GOLDEN = new URL('../../../../../protocol/golden/', import.meta.url);

it.each([
  ['3.8', ['generator']],
  ['3.11', ['generator']],
  // Since 3.12 classes of `io` are made as classes of a program are: what they inherit is in the dump.
  ['3.13', ['_io.BufferedReader', '_io.BufferedWriter', '_io.FileIO', '_io.TextIOWrapper', 'generator']],
])('knows the classes with __del__ in a dump of CPython %s, inherited ones where the dump shows them', (version, expected) => {
  const file = readFileSync(new URL(`golden-${version}.heap`, GOLDEN));
  const { graph } = loadDump(file, (stored, length) => inflateSync(stored, { maxOutputLength: Math.max(1, length) }));
  const found = new Set<string>();
  for (let node = 0; node < graph.nodeCount; node++)
    if (graph.language.hasFinalizer(graph, node)) found.add(graph.types[graph.typeOf[node]].displayName);
  expect([...found].sort()).toEqual(expected);
});

it('knows that the collector looks into an instance, and not into a number', () => {
  const file = readFileSync(new URL('golden-3.11.heap', GOLDEN));
  const { graph } = loadDump(file, (stored, length) => inflateSync(stored, { maxOutputLength: Math.max(1, length) }));
  const nodeOf = (type: string): number => graph.typeOf.findIndex((each) => graph.types[each].displayName === type);
  expect(['dict', 'function', 'int', 'str'].map((type) => graph.language.isCollected(graph, nodeOf(type)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
