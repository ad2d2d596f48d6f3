import { expect, it } from 'vitest';
import { heapOf } from '../../graph/testing/random-heap.ts';
import { EdgeType } from './edge-types.ts';
import { isOutermostScope } from './outermost-scope.ts';

// A closure in a closure in a file: 0 scope of the file, 1 scope inside it, 2 native context, 3 function, 4 an object.
const graph = heapOf({
  nodeCount: 5,
  edges: [
    { from: 0, to: 2, flags: EdgeType.internal },
    { from: 0, to: 1, flags: EdgeType.context },
    { from: 1, to: 0, flags: EdgeType.internal },
    { from: 1, to: 4, flags: EdgeType.context },
    { from: 3, to: 1, flags: EdgeType.internal },
  ],
  anchors: { rootNode: false, first: [3], second: [], unreached: 'held' },
  typeOf: [0, 0, 1, 2, 3],
  shallowBytes: [16, 16, 16, 16, 16],
});

it('tells the scope of a file from those inside it, also where it keeps one of them in a variable', () => {
  expect([0, 1].map((node) => isOutermostScope(graph, node, (each) => each < 2))).toEqual([true, false]);
});
