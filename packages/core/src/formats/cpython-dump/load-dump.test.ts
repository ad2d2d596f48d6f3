import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { ByteSource } from '../byte-source.ts';
import { loadDump, readDump } from './load-dump.ts';
import { atoms, block, dumpFile, edges, END, HEAD, inflate, joined, json, labels, pairs, u32, u64 } from './testing/dump-file.ts';

const head = json(1, HEAD);
/** Type 0 is `m.Thing`, whose class is the object at 0x1000; type 1 is `dict`, type 2 `str`. */
const types = json(2, [
  { index: 0, address: 0x1000, module: 'm', name: 'Thing' },
  { index: 1, address: 0x1100, module: 'builtins', name: 'dict' },
  { index: 2, address: 0x1200, module: 'builtins', name: 'str' },
]);
const names = json(7, ['first', 'second', '__dict__']);

function load(...blocks: readonly Uint8Array[]): HeapGraph {
  return loadDump(dumpFile([head, types, names, ...blocks, END]), inflate).graph;
}

function at(graph: HeapGraph, address: number): NodeIndex {
  return graph.address.indexOf(address);
}

/** References of an object as a person would note them down: label, target, flags. */
function references(graph: HeapGraph, address: number): string[] {
  const node = at(graph, address);
  const found: string[] = [];
  for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++) {
    const flags = Object.entries(EdgeFlag).filter(([name, bit]) => name !== 'formatMask' && (graph.edgeFlags[e] & bit) !== 0);
    const label = graph.language.labelText(graph, graph.edgeLabels.at(e));
    found.push(`${label} 0x${graph.address[graph.edgeTarget[e]].toString(16)}${flags.map(([name]) => ` ${name}`).join('')}`);
  }
  return found;
}

function roots(graph: HeapGraph): string[] {
  return graph.roots.map(({ kind, name, node }) => `${kind} ${name} 0x${graph.address[node].toString(16)}`);
}

function anchored(graph: HeapGraph, tier: 'first' | 'second' | 'near'): string[] {
  return [...graph.anchors[tier]].map((node) => `0x${graph.address[node].toString(16)}`);
}

describe('references', () => {
  test('get their names from blocks before and after the object, in order, and the class is told apart', () => {
    const listed = edges({ address: 0x10, targets: [0x20, 0x20, 0x30, 0x1000] });
    const rest = [atoms(2, [{ address: 0x20 }, { address: 0x30 }, { address: 0x1000 }])];
    const named = [labels(1, 0, 0x10, [[0, 0x20]]), labels(5, 0, 0x10, [[1, 0x20]])];
    const expected = ['.first 0x20', '.second 0x20', '-> 0x30', '.__class__ 0x1000 describes'];
    expect(references(load(listed, ...rest, ...named), 0x10)).toEqual(expected);
    expect(references(load(...named, listed, ...rest), 0x10)).toEqual(expected);
  });

  test('that an attribute makes to the class of its own object do not only describe it', () => {
    const graph = load(
      edges({ address: 0x10, targets: [0x1000, 0x1000] }),
      labels(1, 0, 0x10, [[0, 0x1000]]),
      atoms(2, [{ address: 0x1000 }]),
    );
    expect(references(graph, 0x10)).toEqual(['.first 0x1000', '.__class__ 0x1000 describes']);
  });

  test('of tables come as key and value; entries whose objects are missing are left out and counted', () => {
    const table = pairs({
      address: 0x10,
      type: 1,
      pairs: [
        [0x20, 0x30],
        [0x20, 0x999],
        [0x30, 0x20],
      ],
    });
    const graph = load(table, atoms(2, [{ address: 0x20 }, { address: 0x30 }]));
    expect(references(graph, 0x10)).toEqual(['<key> 0x20', '[str] 0x30', '<key> 0x30', '[str] 0x20']);
    expect(graph.gaps).toEqual(['1 references lead to objects that the dump does not hold']);
  });

  test('that stand apart follow the list; those that are not owned hold nothing', () => {
    const graph = load(
      labels(7, 1, 0x10, [[2, 0x20]]),
      edges({ address: 0x10, targets: [0x30] }),
      labels(1, 2, 0x10, [[0, 0x30]]),
      atoms(2, [{ address: 0x20 }, { address: 0x30, refs: 1 }]),
    );
    expect(references(graph, 0x10)).toEqual(['-> 0x30', '__dict__ 0x20', '.first 0x30 holdsNothing']);
  });

  test('to a class that no list shows are there all the same, and are counted', () => {
    const implied = json(2, [{ index: 0, address: 0x1000, module: 'm', name: 'Thing', impliedTypeReference: true }]);
    const file = dumpFile([head, implied, atoms(0, [{ address: 0x10 }, { address: 0x20 }]), atoms(0, [{ address: 0x1000, refs: 3 }]), END]);
    const { graph } = loadDump(file, inflate);
    expect(references(graph, 0x20)).toEqual(['.__class__ 0x1000 describes']);
    expect(roots(graph)).toContain('native  0x10');
    // The third reference is that of the class to itself, in this tiny heap.
    expect(roots(graph)).not.toContain('native  0x1000');
  });

  test('of an object that comes twice are those of the first', () => {
    const graph = load(
      edges({ address: 0x10, size: 40, targets: [0x20] }),
      edges({ address: 0x10, size: 50, targets: [0x10, 0x10] }),
      atoms(2, [{ address: 0x20 }]),
    );
    expect(references(graph, 0x10)).toEqual(['-> 0x20']);
    expect([graph.nodeCount, graph.edgeCount, graph.shallowBytes[at(graph, 0x10)]]).toEqual([2, 1, 40]);
    expect(graph.gaps).toEqual(['1 objects share an address with another, and are left out']);
  });

  test('of long lists are named in whatever order the names come', () => {
    const targets = Array.from({ length: 200 }, (_, i) => 0x2000 + 16 * (i % 150));
    const all = [...new Set(targets)];
    const backwards = [...targets].reverse().map((target, i): [number, number] => [i % 2, target]);
    const graph = load(
      edges({ address: 0x10, targets }),
      labels(1, 0, 0x10, backwards),
      atoms(
        2,
        all.map((address) => ({ address })),
      ),
    );
    const found = references(graph, 0x10);
    expect(found.filter((text) => text.startsWith('->'))).toEqual([]);
    // A target held twice: the name that came first goes to the first reference.
    expect([found[0], found[150]]).toEqual(['.second 0x2000', '.second 0x2000']);
    expect([found[149], found[199]]).toEqual(['.first 0x2950', '.first 0x2310']);
  });
});

describe('roots and anchors', () => {
  const rows = json(11, [
    { kind: 'interpreter', name: 'sys.modules', address: 0x40 },
    { kind: 'module', name: 'lib', address: 0x10 },
    { kind: 'module', name: '__main__', address: 0x20 },
    { kind: 'agent', name: 'heaptrail_agent', address: 0x30 },
    { kind: 'of a later writer', name: 'x', address: 0x20 },
    { kind: 'frame', thread: 'MainThread', main: true, depth: 0, function: 'f', file: 'a.py', line: 3, locals: [['rows', 0x50]] },
    { kind: 'frame', thread: 'MainThread', main: true, depth: 1, function: '<module>', file: 'a.py', line: 9, locals: [['rows', 0x50]] },
  ]);
  const objects = [
    edges({ address: 0x40, targets: [0x10, 0x20, 0x30] }),
    edges({ address: 0x30, targets: [0x60] }),
    atoms(2, [
      { address: 0x10 },
      { address: 0x20 },
      { address: 0x50, refs: 1 },
      { address: 0x60 },
      { address: 0x70, refs: 0 },
      { address: 0x80, refs: 2 },
    ]),
  ];

  test('start with the program itself; what more references count than the heap has is held natively', () => {
    const graph = load(rows, ...objects);
    expect(roots(graph)).toEqual([
      'module __main__ 0x20',
      'interpreter sys.modules 0x40',
      'module lib 0x10',
      'agent heaptrail_agent 0x30',
      'frame rows 0x50',
      'native  0x40',
      'native  0x50',
      'native  0x80',
    ]);
    expect(anchored(graph, 'first')).toEqual(['0x20', '0x40', '0x10', '0x50', '0x40', '0x50', '0x80']);
    expect(anchored(graph, 'near')).toEqual(['0x20', '0x40', '0x10', '0x50']);
    expect(graph.anchors.unreached).toBe('garbage');
  });

  test('count what native code alone has, without the variables of functions that run', () => {
    const { outside, address } = load(rows, ...objects);
    const shown = Array.from(outside!.node, (node, i) => `0x${address[node].toString(16)}: ${outside!.references[i]}`);
    expect(shown).toEqual(['0x40: 1', '0x80: 2']);
  });

  test('of the agent are the second tier, to which nothing of the program leads', () => {
    const graph = load(rows, ...objects);
    expect(anchored(graph, 'second')).toEqual(['0x30']);
    expect(references(graph, 0x40)).toEqual(['-> 0x10', '-> 0x20', '-> 0x30 holdsNothing weak']);
    expect(references(graph, 0x30)).toEqual(['-> 0x60']);
  });

  test('of the agent are its classes, their instances and its functions, also those that run while the heap is looked at', () => {
    const listed = [
      { index: 0, address: 0x1000, module: 'heaptrail_agent.worker', name: 'Worker' },
      { index: 1, address: 0x1100, module: 'builtins', name: 'dict' },
      { index: 2, address: 0x1200, module: 'builtins', name: 'function' },
      { index: 3, address: 0x1300, module: 'builtins', name: 'module' },
    ];
    const namespace = 0x31;
    const graph = loadDump(
      dumpFile([
        head,
        json(2, listed),
        json(11, [
          { kind: 'module', name: '__main__', address: 0x20 },
          { kind: 'agent', name: 'heaptrail_agent.worker', address: 0x30 },
        ]),
        edges({ address: 0x20, type: 3, refs: 0, targets: [0x21, 0x60] }),
        edges({ address: 0x30, type: 3, targets: [namespace] }),
        edges({ address: 0x21, type: 1, targets: [0x50] }),
        edges({ address: namespace, type: 1, targets: [0x40, 0x41] }),
        edges({ address: 0x40, type: 2, refs: 3, targets: [namespace] }),
        edges({ address: 0x41, type: 0, refs: 3, targets: [] }),
        edges({ address: 0x50, type: 2, refs: 3, targets: [0x21] }),
        edges({ address: 0x60, type: 1, targets: [0x40] }),
        atoms(1, [{ address: 0x1000, refs: 9 }]),
        END,
      ]),
      inflate,
    ).graph;
    expect(anchored(graph, 'first')).toEqual(['0x20', '0x50']);
    expect(anchored(graph, 'second').sort()).toEqual(['0x1000', '0x30', '0x40', '0x41']);
    expect(references(graph, 0x60)).toEqual(['-> 0x40 holdsNothing weak']);
  });

  test('number the nodes: named ones and what they lead to, then native ones, and garbage last', () => {
    const graph = load(rows, ...objects);
    expect([...graph.address]).toEqual([0x40, 0x10, 0x20, 0x50, 0x30, 0x60, 0x80, 0x70]);
  });

  test.each([
    ['walked while the program ran', { ...HEAD, mode: 'in-process' }],
    ['of a free-threaded build', { ...HEAD, runtime: { ...HEAD.runtime, build: 'free-threaded' } }],
  ])('of a dump %s are the named ones, and nothing is known to be garbage', (_, other) => {
    const { graph } = loadDump(dumpFile([json(1, other), types, rows, ...objects, END]), inflate);
    expect(anchored(graph, 'first')).toEqual(['0x20', '0x40', '0x10', '0x50']);
    expect(graph.anchors.unreached).toBe('held');
  });
});

describe('a damaged dump', () => {
  const objects = [edges({ address: 0x10, targets: [0x20] }), atoms(2, [{ address: 0x20 }])];

  test('ends at a block that only the second pass looks into, as at any other', () => {
    const wrong = labels(1, 0, 0x10, [[77, 0x20]]);
    const { graph, whole } = loadDump(dumpFile([head, types, names, ...objects, wrong, atoms(2, [{ address: 0x30 }]), END]), inflate);
    expect(whole).toBe(false);
    expect([...graph.address]).toEqual([0x10, 0x20]);
    expect(graph.gaps[0]).toMatch(
      /^the dump is damaged, the block at byte \d+ contradicts itself: name 77 of 3: what comes after is missing/,
    );
    expect([graph.anchors.unreached, roots(graph)]).toEqual(['held', []]);
  });

  test('claims no more than it can hold', () => {
    const claims = [u32(2, 0x0fffffff), joined(u32(0, 1, 0), u64([16]), u32(1, 1, 0xffffffff))].map((payload, i) => block(4 + i, payload));
    for (const claim of claims) expect(loadDump(dumpFile([head, types, claim, END]), inflate).whole).toBe(false);
  });

  test('has no addresses beyond 2^53', () => {
    const { graph } = loadDump(dumpFile([head, types, ...objects, atoms(2, [{ address: 2 ** 53 }]), END]), inflate);
    expect(graph.gaps[0]).toContain('an address of 2^53 or more');
  });
});

describe('reading', () => {
  const golden = readFileSync(new URL('../../../../../protocol/golden/golden-3.11.heap', import.meta.url));

  test('gives the same graph when the file comes a byte at a time', () => {
    const small = dumpFile([head, types, names, edges({ address: 0x10, targets: [0x20] }), atoms(2, [{ address: 0x20 }]), END]);
    const trickle: ByteSource = {
      sizeBytes: small.length,
      read: (into, position) => {
        into.set(small.subarray(position, position + Math.min(1, into.length)));
        return Math.min(1, into.length, small.length - position);
      },
    };
    const { graph, whole } = readDump(trickle, inflate, () => undefined);
    expect([whole, ...graph.address]).toEqual([true, 0x10, 0x20]);
  });

  test('tells how far it is, never less than before, and stops when told', () => {
    const told: number[] = [];
    readDump({ sizeBytes: golden.length, read: (into, position) => golden.copy(into, 0, position) }, inflate, ({ step, done, total }) => {
      told.push((step === 'reading' ? 0 : 1) + done / total);
    });
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.length).toBeGreaterThanOrEqual(2);
    const cancelled = new Error('enough');
    expect(() =>
      readDump({ sizeBytes: golden.length, read: (into, position) => golden.copy(into, 0, position) }, inflate, () => {
        throw cancelled;
      }),
    ).toThrow(cancelled);
  });

  test('refuses a file that changes meanwhile', () => {
    const one = dumpFile([head, types, atoms(2, [{ address: 0x20 }]), END]);
    const other = dumpFile([head, types, atoms(2, [{ address: 0x30 }]), END]);
    let reads = 0;
    const source: ByteSource = {
      sizeBytes: one.length,
      read: (into, position) => {
        const piece = (reads++ === 0 ? one : other).subarray(position, position + into.length);
        into.set(piece);
        return piece.length;
      },
    };
    expect(() => readDump(source, inflate, () => undefined)).toThrow(
      expect.objectContaining({
        code: 'HEAPTRAIL_DUMP_CHANGED',
        message: 'the heap dump changed while it was read: read it again when it is whole',
      }),
    );
  });
});
