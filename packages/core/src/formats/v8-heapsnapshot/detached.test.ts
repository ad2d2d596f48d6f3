import { expect, it } from 'vitest';
import { loadNodes } from './testing/load-small.ts';
import { NODE_FIELDS, type SmallNode } from './testing/small-snapshot.ts';

//   root ─> document (attached) ─> div          holder ─> span (detached) ─> text ─> wrapper ─> i
//                                                                 └─> div
const HEAP: readonly SmallNode[] = [
  {
    type: 'synthetic',
    edges: [
      ['element', 1, 1],
      ['shortcut', 'w', 3],
    ],
  },
  { type: 'native', name: 'HTMLDocument', detached: 1, edges: [['property', 'body', 2]] },
  { type: 'native', name: '<div id="a" class="b">' },
  { type: 'object', name: 'Holder', edges: [['property', 'span', 4]] },
  {
    type: 'native',
    name: '<span class="x">',
    detached: 2,
    edges: [
      ['property', 'text', 5],
      ['property', 'div', 2],
      ['weak', 'weak', 8],
    ],
  },
  { type: 'native', name: 'Text', edges: [['property', 'wrapper', 6]] },
  { type: 'object', name: 'Wrapper', edges: [['property', 'i', 7]] },
  { type: 'native', name: '<i>' },
  { type: 'native', name: '<b>' },
];

it('what only detached nodes lead to is out of the document too, except behind objects of the program', () => {
  const graph = loadNodes(HEAP);
  const classes = Array.from(graph.typeOf, (type) => graph.types[type].displayName);
  expect(classes.slice(1)).toEqual(['HTMLDocument', '<div>', 'Holder', 'Detached <span>', 'Detached Text', 'Wrapper', '<i>', '<b>']);
  expect(classes.map((_, node) => graph.language.status(graph, node).status === 'leaking')).toEqual(
    classes.map((name) => name.startsWith('Detached ')),
  );
  expect(graph.language.nodeText(graph, 4)).toBe('<span class="x">');
});

it('in older files the name of a node says it', () => {
  const graph = loadNodes(
    [{ type: 'synthetic' }, { type: 'native', name: 'Detached HTMLDivElement' }],
    {},
    { nodeFields: NODE_FIELDS.slice(0, 6) },
  );
  expect(graph.language.status(graph, 1)).toEqual({ status: 'leaking', reason: 'detached from the document' });
});
