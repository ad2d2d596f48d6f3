import { expect, it } from 'vitest';
import { heapOf } from '../../graph/testing/random-heap.ts';
import { EdgeType } from './edge-types.ts';
import { v8Role } from './v8-roles.ts';
import type { V8Type } from './v8-types.ts';

const TYPES: V8Type[] = [
  ['object', 'system / Context'],
  ['hidden', '(system)'],
  ['closure', 'Function'],
  ['object', 'Session'],
].map(([nodeType, name]) => ({ nodeType, module: '', name, displayName: name }));

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

it('takes the outermost scope of a file for what a module is elsewhere, and scopes inside it for parts of the program', () => {
  expect([0, 1, 2, 3, 4].map((node) => v8Role(graph, node, TYPES))).toEqual(['runtime', undefined, 'runtime', 'callable', undefined]);
});
