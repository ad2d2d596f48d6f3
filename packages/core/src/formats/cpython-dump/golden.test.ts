import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { EdgeKind, labelKind, labelOperand } from '../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { loadDump } from './index.ts';

interface Expected {
  readonly version: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, number | boolean>>;
  readonly hidden: string;
  readonly paths: readonly { readonly labels: readonly (string | number)[]; readonly type: string }[];
}

const GOLDEN = new URL('../../../../../protocol/golden/', import.meta.url);

describe.each(['3.8', '3.11', '3.13'])('the golden dump of CPython %s', (version) => {
  const file = readFileSync(new URL(`golden-${version}.heap`, GOLDEN));
  const expected = JSON.parse(readFileSync(new URL(`golden-${version}.json`, GOLDEN), 'utf8')) as Expected;
  const { graph, head, whole } = loadDump(file, (stored, length) => inflateSync(stored, { maxOutputLength: Math.max(1, length) }));

  test('loads whole and without a gap', () => {
    expect({ whole, gaps: graph.gaps, version: head.runtime.version }).toEqual({ whole: true, gaps: [], version: expected.version });
  });

  test('holds the objects of its program', () => {
    const found = Object.fromEntries(Object.keys(expected.counts).map((name) => [name, 0]));
    for (const type of graph.typeOf) {
      const { displayName } = graph.types[type];
      if (displayName in found) found[displayName]++;
    }
    expect(found).toEqual(expected.counts);
  });

  test.each(expected.paths)('leads along $labels to a $type', ({ labels, type }) => {
    expect(typeName(graph, walk(graph, labels))).toBe(type);
  });

  test.each(Object.entries(expected.values))('knows the value of %s', (name, value) => {
    expect(graph.values.value(walk(graph, ['plain', name]))).toBe(value);
  });

  test('shows a key that looks like data as a hash alone', () => {
    const table = walk(graph, ['table']);
    const keys = edges(graph, table).map(([, label]) =>
      labelKind(label) === EdgeKind.key ? graph.texts.text(labelOperand(label)) : undefined,
    );
    expect(keys).toContain('word');
    expect(keys).not.toContain(expected.hidden);
    expect(keys.some((key) => /^\[str#[0-9a-f]{8}\]$/.test(key ?? ''))).toBe(true);
  });
});

function walk(graph: HeapGraph, labels: readonly (string | number)[]): NodeIndex {
  const module = graph.roots.find((root) => root.kind === 'module' && root.name === 'golden');
  if (module === undefined) throw new Error('the module golden is no root');
  return labels.reduce<NodeIndex>((node, label) => step(graph, node, label), module.node);
}

/** Along a label, and through the `__dict__` that may be in between. */
function step(graph: HeapGraph, node: NodeIndex, label: string | number): NodeIndex {
  for (const [target, own] of edges(graph, node)) if (labelText(graph, own) === label) return target;
  for (const [target, own] of edges(graph, node)) if (labelText(graph, own) === '__dict__') return step(graph, target, label);
  throw new Error(`${typeName(graph, node)} has no ${label}`);
}

function edges(graph: HeapGraph, node: NodeIndex): [NodeIndex, number][] {
  const found: [NodeIndex, number][] = [];
  for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++) found.push([graph.edgeTarget[e], graph.edgeLabels.at(e)]);
  return found;
}

function labelText(graph: HeapGraph, label: number): string | number | undefined {
  const operand = labelOperand(label);
  if (labelKind(label) === EdgeKind.index) return operand;
  return labelKind(label) === EdgeKind.key ? graph.texts.text(operand) : graph.names.text(operand);
}

function typeName(graph: HeapGraph, node: NodeIndex): string {
  const type = graph.types[graph.typeOf[node]];
  return type.module === 'golden' ? type.name : type.displayName;
}
