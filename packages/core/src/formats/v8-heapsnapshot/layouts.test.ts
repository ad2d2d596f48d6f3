import { describe, expect, it } from 'vitest';
import { columnsOf, loadNodes } from './testing/load-small.ts';
import { AS_NODE_24, EDGE_FIELDS, NODE_FIELDS, PARTS, type SmallNode, type Writing } from './testing/small-snapshot.ts';

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
  { type: 'synthetic', name: '(GC roots)', size: 0, edges: [['element', 1, 3]] },
  {
    name: 'Window / http://example.org',
    edges: [
      ['property', 'cache', 3],
      ['weak', 'seen', 4],
      ['internal', 'map', 5],
    ],
  },
  { name: 'Map', size: 4_000_000_000, id: 4_294_967_295, edges: [['internal', 'table', 6]] },
  { type: 'string', name: 'a "quoted" text\n\\ with 😀 and \ud800' },
  { type: 'hidden', name: 'system / Map', id: 123_456_789 },
  { type: 'array', name: '', size: 40, edges: [['hidden', 4_294_967_295, 4]] },
];

const EXPECTED = columnsOf(loadNodes(HEAP));

describe('a snapshot reads the same', () => {
  const writings: readonly [string, Partial<Writing>][] = [
    ['without line breaks', { betweenRows: ',' }],
    ['as Node 24 writes it, without sites', AS_NODE_24],
    ['as Node 12 wrote it, without states of attachment', { nodeFields: NODE_FIELDS.filter((field) => field !== 'detachedness') }],
    ['with the five oldest fields alone', { nodeFields: NODE_FIELDS.slice(0, 5) }],
    ['with fields in another order', { nodeFields: [...NODE_FIELDS].reverse(), edgeFields: [...EDGE_FIELDS].reverse() }],
    ['with fields that are not known yet', { nodeFields: ['age', ...NODE_FIELDS, 'mood'], edgeFields: [...EDGE_FIELDS, 'strength'] }],
    ['written with spaces everywhere', { betweenRows: ' ,\r\n\t', betweenNumbers: ' , ' }],
    ['with line breaks before the commas of numbers', { betweenNumbers: '\n,' }],
    ['with strings in front of nodes', { parts: ['strings', 'snapshot', 'nodes', 'edges'] }],
    ['with everything in the reverse order', { parts: [...PARTS].reverse() }],
    ['with a part between nodes and edges', { parts: ['snapshot', 'nodes', 'locations', 'edges', 'strings'] }],
    [
      'with parts of other kinds',
      {
        parts: ['version', 'snapshot', 'nodes', 'notes', 'edges', 'flag', 'strings', 'tail'],
        more: { version: '"1]"', notes: '["a]","\\"[",{"b":[1]}]', flag: 'true ', tail: '{"x":"}"}' },
      },
    ],
  ];
  it.each(writings)('%s', (_, writing) => {
    expect(columnsOf(loadNodes(HEAP, {}, writing))).toEqual(EXPECTED);
  });

  it.each([1, 2, 7, 64, 1000, 1 << 20])('in pieces of %i bytes', (pieceBytes) => {
    expect(columnsOf(loadNodes(HEAP, { pieceBytes }))).toEqual(EXPECTED);
    expect(columnsOf(loadNodes(HEAP, { pieceBytes }, { parts: [...PARTS].reverse(), betweenNumbers: ' ,' }))).toEqual(EXPECTED);
  });

  it('with names of references in memory or in the file', () => {
    expect(columnsOf(loadNodes(HEAP, { keepNames: true }))).toEqual(EXPECTED);
  });

  it('with another node as root', () => {
    const { anchors } = loadNodes([{ name: 'first', edges: [] }, ...shift(HEAP)], {}, { header: { root_index: NODE_FIELDS.length } });
    expect(anchors).toMatchObject({ rootNode: 1, first: Uint32Array.of(3), second: Uint32Array.of(2), near: Uint32Array.of(3) });
  });
});

function shift(nodes: readonly SmallNode[]): SmallNode[] {
  return nodes.map((node) => ({ ...node, edges: (node.edges ?? []).map(([type, name, to]) => [type, name, to + 1] as const) }));
}
