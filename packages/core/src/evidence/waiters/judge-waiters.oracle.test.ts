import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseGraph } from '../../graph/text-notation.ts';
import { judgeWaiters } from './judge-waiters.ts';

/** A heap of a few objects, tasks and threads, as plain lists: what the oracle reads, and what the text is written from. */
interface SmallHeap {
  readonly edges: readonly (readonly [from: number, to: number])[];
  readonly weak: readonly (readonly [from: number, to: number])[];
  readonly modules: readonly number[];
  readonly native: readonly number[];
  readonly tasks: readonly { readonly waitsOn: number; readonly heldBy: number }[];
  readonly threads: readonly { readonly waitsOn: number; readonly holds: readonly number[]; readonly joins: boolean }[];
}

const OBJECTS = 12;
const object = fc.nat(OBJECTS - 1);
const pair = fc.tuple(object, object);
const heap: fc.Arbitrary<SmallHeap> = fc.record({
  edges: fc.array(pair, { maxLength: 16 }),
  weak: fc.array(pair, { maxLength: 3 }),
  modules: fc.array(object, { maxLength: 3 }),
  native: fc.array(object, { maxLength: 2 }),
  tasks: fc.array(fc.record({ waitsOn: object, heldBy: object }), { maxLength: 4 }),
  threads: fc.array(fc.record({ waitsOn: object, holds: fc.array(object, { maxLength: 3 }), joins: fc.boolean() }), { maxLength: 3 }),
});

/** Every object is a module's own in the end, so that nothing is garbage: `kept` leads to all by references that nobody follows. */
function textOf({ edges, weak, modules, native, tasks, threads }: SmallHeap): string {
  return [
    ...edges.map(([from, to]) => `o${from} .x o${to}`),
    ...weak.map(([from, to]) => `o${from} ~> o${to}`),
    ...modules.map((node) => `module m = o${node}`),
    ...native.map((node) => `native c = o${node}`),
    ...tasks.flatMap(({ waitsOn, heldBy }, i) => [`task${i}: task`, `o${heldBy} .task task${i}`, `task${i} <waits> o${waitsOn}`]),
    ...threads.flatMap(({ waitsOn, holds, joins }, i) => [
      `thread${i}: thread`,
      ...holds.flatMap((node) => [`native stack = o${node}`, `thread${i} <holds> o${node}`]),
      joins && i > 0 ? `thread${i} <joins> thread${i - 1}` : `thread${i} <waits> o${waitsOn}`,
    ]),
    // Holds everything without leading anywhere.
    'kept: registry',
    'module registry = kept',
    ...Array.from({ length: OBJECTS }, (_, i) => `kept [${i}] o${i}`),
    ...threads.map((_, i) => `kept [${100 + i}] thread${i}`),
  ].join('\n');
}

/** The definition, step by step and from the beginning each time: who is awake adds to what is reached, and so on. */
function awakeByDefinition({ edges, weak, modules, native, tasks, threads }: SmallHeap): {
  readonly tasks: boolean[];
  readonly threads: boolean[];
} {
  const awakeTasks = tasks.map(() => false);
  const awakeThreads = threads.map(() => false);
  const stackCount = new Map<number, number>();
  for (const { holds } of threads) for (const node of holds) stackCount.set(node, (stackCount.get(node) ?? 0) + 1);
  for (;;) {
    const reached = new Set<number>([...modules, ...native]);
    threads.forEach(({ holds, waitsOn, joins }, i) => {
      if (!awakeThreads[i]) return;
      for (const node of holds) reached.add(node);
      if (!(joins && i > 0)) reached.add(waitsOn);
    });
    tasks.forEach(({ waitsOn }, i) => {
      if (awakeTasks[i]) reached.add(waitsOn);
    });
    for (let size = -1; size !== reached.size;) {
      size = reached.size;
      for (const [from, to] of edges) if (reached.has(from)) reached.add(to);
      for (const [from, to] of weak) {
        if (reached.has(from)) reached.add(to);
        const hasCallback = edges.some(([source]) => source === from) || tasks.some(({ heldBy }) => heldBy === from);
        if (hasCallback && reached.has(to)) reached.add(from);
      }
    }
    let changed = false;
    tasks.forEach(({ waitsOn }, i) => {
      if (!awakeTasks[i] && reached.has(waitsOn)) changed = awakeTasks[i] = true;
    });
    threads.forEach(({ waitsOn, joins }, i) => {
      const wakes = joins && i > 0 ? awakeThreads[i - 1] : reached.has(waitsOn);
      if (!awakeThreads[i] && wakes) changed = awakeThreads[i] = true;
    });
    if (!changed) return { tasks: awakeTasks, threads: awakeThreads };
  }
}

test('who never wakes is who the definition says, in thousands of small heaps', () => {
  fc.assert(
    fc.property(heap, (small) => {
      const { graph, node } = parseGraph(textOf(small));
      const { waiters } = judgeWaiters(graph);
      const isAwake = (name: string): boolean => waiters.find(({ waiter }) => waiter.node === node(name))?.verdict === 'awake';
      const expected = awakeByDefinition(small);
      expect(small.tasks.map((_, i) => isAwake(`task${i}`))).toEqual(expected.tasks);
      expect(small.threads.map((_, i) => isAwake(`thread${i}`))).toEqual(expected.threads);
    }),
    { numRuns: 4000, seed: 20261121 },
  );
});
