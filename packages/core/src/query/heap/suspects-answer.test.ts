import { expect, it } from 'vitest';
import { loadNodes } from '../../formats/v8-heapsnapshot/testing/load-small.ts';
import type { SmallEdge, SmallNode } from '../../formats/v8-heapsnapshot/testing/small-snapshot.ts';
import { noProgress } from '../../graph/progress.ts';
import { Heap } from './heap.ts';
import { suspectsAnswer } from './suspects-answer.ts';

it('what piles up in the table of an array piles up in the array: tables are nothing that a developer has', () => {
  const rows = Array.from({ length: 30 }, (_, i): SmallNode => ({ name: 'Row', size: 1000 + i }));
  const nodes: SmallNode[] = [
    { type: 'synthetic', edges: [['shortcut', 'global', 1]] },
    { name: 'global', edges: [['property', 'rows', 2]] },
    { name: 'Array', edges: [['internal', 'elements', 3]] },
    { type: 'array', name: '(object elements)', edges: rows.map((_, i): SmallEdge => ['element', i, 4 + i]) },
    ...rows,
  ];
  const loaded = { graph: loadNodes(nodes), format: 'x', runtime: { name: 'V8', version: undefined }, takenAtMs: undefined, whole: true };
  const heap = new Heap(loaded, { path: 'x', sizeBytes: 1 }, noProgress);
  const [suspect] = suspectsAnswer(heap).suspects;
  expect(suspect.pilesUpIn).toMatchObject({ object: { handle: 'n-2', type: 'Array' }, below: [{ type: 'Row', objects: 30 }] });
});

it("V8's own cache of numbers as strings is no suspect: no object has that table, only V8's roots", () => {
  const nodes: SmallNode[] = [
    {
      type: 'synthetic',
      edges: [
        ['shortcut', 'global', 1],
        ['element', 1, 2],
      ],
    },
    { name: 'global', edges: [['property', 'store', 5]] },
    { type: 'synthetic', name: '(GC roots)', edges: [['element', 0, 3]] },
    { type: 'synthetic', name: '(Strong roots)', edges: [['internal', 'number_string_cache', 4]] },
    { type: 'array', name: '', size: 9000 },
    { name: 'Store', size: 500 },
  ];
  const loaded = { graph: loadNodes(nodes), format: 'x', runtime: { name: 'V8', version: undefined }, takenAtMs: undefined, whole: true };
  const heap = new Heap(loaded, { path: 'x', sizeBytes: 1 }, noProgress);
  expect(suspectsAnswer(heap).suspects.map(({ type }) => type)).toEqual(['Store']);
});
