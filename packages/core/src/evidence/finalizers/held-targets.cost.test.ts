import { expect, it } from 'vitest';
import { breadthFirst } from '../../graph/breadth-first.ts';
import { dominators } from '../../graph/dominators/index.ts';
import { EdgeKind, edgeLabel } from '../../graph/edge-label.ts';
import { GraphBuilder } from '../../graph/graph-builder.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';
import { TextLanguage } from '../../graph/text-language.ts';
import { finalizerKinds } from './index.ts';

const TYPES = ['Module', 'finalizers', 'finalizer', 'Function', 'Job', 'List'] as const;

/** A registry with that many registrations in a chain, as V8 keeps them: half of them hold their targets each for itself, half by one list. */
function registryOf(count: number): HeapGraph {
  const builder = new GraphBuilder(4 * count, 8 * count);
  const node = (type: (typeof TYPES)[number]): number => builder.addNode(TYPES.indexOf(type), 16, 16 * builder.nodeCount);
  const refer = (from: number, name: string, to: number): void =>
    builder.addEdge(from, to, edgeLabel(EdgeKind.attribute, builder.names.intern(name)));
  const module = node('Module');
  const registry = node('finalizers');
  const list = node('List');
  refer(module, 'registry', registry);
  refer(registry, 'callback', node('Function'));
  const weak: [number, number][] = [];
  let last = -1;
  for (let i = 0; i < count; i++) {
    const cell = node('finalizer');
    const job = node('Job');
    weak.push([cell, job]);
    refer(registry, 'cell', cell);
    if (i % 2 === 0) {
      const call = node('Function');
      refer(cell, 'held', call);
      refer(call, 'job', job);
    } else {
      refer(cell, 'held', list);
      refer(list, 'job', job);
    }
    if (last >= 0) refer(cell, 'next', last);
    last = cell;
  }
  return builder.build({
    types: TYPES.map((name) => ({ module: '', name, displayName: name })),
    language: new TextLanguage(),
    roots: [{ kind: 'module', name: 'app', node: module }],
    weak: { source: Uint32Array.from(weak, ([cell]) => cell), target: Uint32Array.from(weak, ([, job]) => job) },
  });
}

/** References read while all is found that finalizers keep, for each registration. */
function referencesReadEach(count: number): number {
  const plain = registryOf(count);
  let read = 0;
  const counted = new Proxy(plain.edgeTarget, {
    get: (column, key) => {
      if (typeof key === 'string') read++;
      return column[key as unknown as number];
    },
  });
  const graph = { ...plain, edgeTarget: counted };
  const registrations = plain.language.finalizers(plain);
  const kinds = finalizerKinds(graph, dominators(plain), breadthFirst(plain), registrations);
  expect(kinds.reduce((sum, { targets }) => sum + targets.length, 0)).toBe(count);
  return read / count;
}

it('a registry of 100,000 costs as much for each registration as one of 1,000', () => {
  const few = referencesReadEach(1000);
  const many = referencesReadEach(100_000);
  expect(many / few).toBeCloseTo(1, 1);
  expect(many).toBeLessThan(60);
});
