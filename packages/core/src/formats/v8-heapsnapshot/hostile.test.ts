import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeapFileError } from '../heap-file-error.ts';
import { loadBytes, loadText } from './testing/load-small.ts';
import { AS_NODE_24, PARTS, writeSnapshot, type SmallNode } from './testing/small-snapshot.ts';

const HEAP: readonly SmallNode[] = [
  { type: 'synthetic', name: '', size: 0, edges: [['shortcut', 'window', 1]] },
  {
    name: 'Window',
    edges: [
      ['property', 'cache', 2],
      ['element', 7, 3],
    ],
  },
  { name: 'Map', size: 123 },
  { type: 'string', name: 'a text' },
];
const TEXT = writeSnapshot(HEAP);

/** Code and message of the error that loading ends with. */
function errorOf(text: string): string {
  try {
    loadText(text);
  } catch (error) {
    if (error instanceof HeapFileError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
}

describe('a file that cannot be read says why', () => {
  it.each([
    ['an empty file', '', /TRUNCATED.*after 0 bytes/],
    ['another kind of file', 'GIF89a…', /NOT_JSON.*found 'G' at byte 0/],
    ['JSON of another kind', '{"head":{"callFrame":{}},"samples":[]}', /INCOMPLETE.*no "snapshot"/],
    ['a list', '[1,2,3]', /NOT_JSON/],
    ['a header that is no JSON', '{"snapshot":{"meta":oops},"nodes":[]}', /NOT_JSON.*"snapshot" object/],
    ['a header without meta', '{"snapshot":{"node_count":1},"nodes":[]}', /LAYOUT.*"snapshot.meta" is no object/],
    ['no nodes', writeSnapshot(HEAP, { parts: PARTS.filter((part) => part !== 'nodes') }), /INCOMPLETE.*"nodes"/],
    ['no edges', writeSnapshot(HEAP, { parts: PARTS.filter((part) => part !== 'edges') }), /INCOMPLETE.*"edges"/],
    ['no strings', writeSnapshot(HEAP, { parts: PARTS.filter((part) => part !== 'strings') }), /INCOMPLETE.*"strings"/],
    [
      'a layout without ids',
      writeSnapshot(HEAP, { nodeFields: ['type', 'name', 'self_size', 'edge_count'] }),
      /LAYOUT.*nodes need type, name, id/,
    ],
    ['edges without targets', writeSnapshot(HEAP, { edgeFields: ['type', 'name_or_index'] }), /LAYOUT.*edges need/],
  ])('%s', (_, text, message) => {
    expect(errorOf(text)).toMatch(message);
  });

  it.each([
    ['10^12 nodes', { node_count: 1e12 }, /CONTRADICTORY.*1000000000000 nodes.*in all/],
    ['10^12 edges', { edge_count: 1e12 }, /CONTRADICTORY.*1000000000000 edges.*in all/],
    ['no nodes', { node_count: 0 }, /CONTRADICTORY.*no nodes/],
    ['a node too many', { node_count: 5 }, /CONTRADICTORY.*announces 5 nodes, and has 4/],
    ['a node too few', { node_count: 3 }, /CONTRADICTORY.*announces 3 nodes, and has more/],
    ['an edge too many', { edge_count: 4 }, /CONTRADICTORY.*nodes have 3 references, and it announces 4/],
    ['an edge too few', { edge_count: 2 }, /CONTRADICTORY.*nodes have 3 references, and it announces 2/],
    ['a root that is none', { root_index: 3 }, /CONTRADICTORY.*root_index is 3/],
    ['a root beyond the nodes', { root_index: 28 }, /CONTRADICTORY.*root_index is 28/],
    ['a fraction of a node', { node_count: 3.5 }, /LAYOUT.*"node_count" is no count/],
    ['less than nothing', { edge_count: -1 }, /LAYOUT.*"edge_count" is no count/],
  ])('a header that announces %s', (_, header, message) => {
    expect(errorOf(writeSnapshot(HEAP, { header }))).toMatch(message);
  });

  it.each([
    ['a target between two nodes', '2,6,14', '2,6,15', /CONTRADICTORY.*leads to 15, which is not the first number/],
    ['a target beyond the nodes', '2,6,14', '2,6,28', /CONTRADICTORY.*leads to 28/],
    ['a target of 30 digits', '2,6,14', `2,6,${'1'.repeat(30)}`, /NUMBER.*found a greater one/],
    ['a target just above 2^32', '2,6,14', '2,6,4294967310', /CONTRADICTORY.*leads to 4294967310/],
    ['a target of ten digits', '2,6,14', '2,6,9999999999', /CONTRADICTORY.*leads to 9999999999/],
    ['a name beyond the strings', '2,6,14', '2,99,14', /CONTRADICTORY.*reference 1 is string 99, and there are 7 strings/],
    ['a type of references beyond the types', '2,6,14', '9,6,14', /CONTRADICTORY.*reference 1 is of type 9/],
    ['a type of two digits', '2,6,14', '12,6,14', /CONTRADICTORY.*reference 1 is of type 12/],
    ['a node of no known type', '3,3,5,123', '30,3,5,123', /CONTRADICTORY.*node 2 is of type 30/],
    ['a node with a name beyond the strings', '3,3,5,123', '3,70,5,123', /CONTRADICTORY.*name of node 2 is string 70/],
    ['a negative number', '3,3,5,123', '3,3,5,-123', /NUMBER.*found '-'/],
    ['a fraction', '3,3,5,123', '3,3,5,1.5', /NUMBER.*found '\.'/],
    ['an exponent', '3,3,5,123', '3,3,5,1e3', /NUMBER.*found 'e'/],
    ['an id beyond 2^53', '3,3,5,123', '3,3,9007199254740993,123', /NUMBER.*greater one/],
    ['a text among numbers', '3,3,5,123', '3,"3",5,123', /NUMBER.*found '"'/],
    ['a list among numbers', '3,3,5,123', '3,[3],5,123', /NUMBER.*found '\['/],
    ['a row that is cut short', '3,3,5,123,0,0,0', '3,3,5,123,0,0', /NUMBER|CONTRADICTORY/],
    ['no number between two commas', '3,3,5,123', '3,3,,123', /NUMBER.*found ','/],
  ])('%s', (_, from, to, message) => {
    expect(TEXT).toContain(from);
    expect(errorOf(TEXT.replace(from, to))).toMatch(message);
  });

  it('with what was expected, what was found, where, and what to do', () => {
    expect(errorOf(TEXT.slice(0, -20))).toMatchInlineSnapshot(
      `"HEAPTRAIL_SNAPSHOT_TRUNCATED: The file ends after 1073 bytes, within its strings: it was cut off while it was written or copied. Copy it again, or take the snapshot again (its names come last, so what is there cannot be read without them)."`,
    );
    expect(errorOf(TEXT.replace('2,6,14', '2,6,15'))).toMatchInlineSnapshot(
      `"HEAPTRAIL_SNAPSHOT_CONTRADICTORY: The snapshot contradicts itself: reference 1 leads to 15, which is not the first number of any of 4 nodes (byte 930). The file is damaged; copy it again, or take the snapshot again."`,
    );
    expect(errorOf(TEXT.replace('3,3,5,123', '3,3,5,-123'))).toMatchInlineSnapshot(
      `"HEAPTRAIL_SNAPSHOT_NUMBER: Expected whole numbers from 0 to 2^53 in "nodes", found '-' at byte 886. The file is damaged; copy it again, or take the snapshot again."`,
    );
  });
});

describe('a file that ends too early', () => {
  it.each([
    ['as Node 20 writes', TEXT],
    ['as Node 24 writes', writeSnapshot(HEAP, AS_NODE_24)],
    ['in another order', writeSnapshot(HEAP, { parts: [...PARTS].reverse() })],
  ])('is told at every byte, %s', (_, text) => {
    for (let length = 0; length < text.length; length++) expect(errorOf(text.slice(0, length))).toMatch(/^HEAPTRAIL_SNAPSHOT_TRUNCATED/);
  });
});

describe('numbers at the edge', () => {
  it('keeps ids up to 2^53 and sizes beyond 2^32 exactly', () => {
    const graph = loadText(
      writeSnapshot([{ type: 'synthetic' }, { id: Number.MAX_SAFE_INTEGER }, { id: 4_294_967_296, size: 2 ** 50 }, { id: 4_294_967_295 }]),
    );
    expect([...graph.address]).toEqual([1, Number.MAX_SAFE_INTEGER, 4_294_967_296, 4_294_967_295]);
    expect([...graph.shallowBytes]).toEqual([16, 16, 2 ** 50, 16]);
  });

  it('moves sizes to an owner whose sum needs more than 32 bits', () => {
    const graph = loadText(
      writeSnapshot([
        { type: 'synthetic', edges: [['shortcut', 'window', 1]] },
        { size: 10, edges: [1, 2, 3].map((i) => ['internal', `part ${i}`, i + 1] as const) },
        ...[1, 2, 3].map(() => ({ type: 'array', size: 4_000_000_000 })),
      ]),
    );
    expect([...graph.shallowBytes]).toEqual([16, 12_000_000_010, 0, 0, 0]);
  });
});

describe('damaged bytes', () => {
  it('end in a graph or in an error that says so, never in anything else', () => {
    const bytes = new TextEncoder().encode(writeSnapshot([...HEAP, { type: 'closure', name: 'é\n"' }]));
    const change = fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.constantFrom(1, 64, 1 << 20), (changes, pieceBytes) => {
        const damaged = bytes.slice();
        for (const { at, byte } of changes) damaged[at] = byte;
        try {
          const graph = loadBytes(damaged, { pieceBytes });
          for (let node = 0; node < graph.nodeCount; node++) graph.language.nodeText(graph, node);
          for (let edge = 0; edge < graph.edgeCount; edge++) graph.language.labelText(graph, graph.edgeLabels.at(edge));
        } catch (error) {
          expect(error).toBeInstanceOf(HeapFileError);
        }
      }),
      { numRuns: 1500, seed: 4 },
    );
  });
});

describe('parts that are deep or long', () => {
  it('reads past a hundred thousand nested lists', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(errorOf(writeSnapshot(HEAP, { more: { samples: deep } }))).toBe('no error');
    expect(errorOf(writeSnapshot(HEAP, { parts: ['notes', ...PARTS], more: { notes: deep } }))).toBe('no error');
  });

  it('refuses a header without end', () => {
    expect(errorOf(`{"snapshot":{"meta":"${'x'.repeat(2 << 20)}"}}`)).toMatch(/NOT_JSON.*at most 1048576 bytes/);
  });

  it('reads a string longer than all of its buffers', () => {
    const long = `${'x'.repeat(300_000)}"${'é'.repeat(100_000)}`;
    const graph = loadText(writeSnapshot([{ type: 'synthetic' }, { type: 'string', name: long }]), { pieceBytes: 1000 });
    expect(graph.texts.text(1)).toBe(long);
    expect(graph.language.nodeText(graph, 1)).toBe(`${'x'.repeat(79)}…`);
  });
});
