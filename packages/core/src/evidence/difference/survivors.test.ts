import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bornBetween, identitiesOf, knownObjects } from '../../graph/difference/index.ts';
import { dominators } from '../../graph/dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { heldWithout } from '../../graph/testing/held-without.ts';
import { heapOf, randomHeap } from '../../graph/testing/random-heap.ts';
import { parseGraph } from '../../graph/text-notation.ts';
import { survivors } from './index.ts';

const BASELINE = 'module app = m\nm .cache c\nm .other o';
const LEAKED = `
  c [0] s1
  s1: Session 100
  s1 .data d1
  d1: Data 1000
  c [1] s2
  s2: Session 100
  s2 .data d2
  d2: Data 500
  o [0] s3
  s3: Session 100
  o [1] d3
  d3: Data 10`;

describe('survivors of three heaps', () => {
  const { graph, node } = parseGraph(`${BASELINE}\n${LEAKED}\nc [2] young\nyoung: Session 100`);
  const [baseline, target] = [BASELINE, BASELINE + LEAKED].map((text) => knownObjects(identitiesOf(parseGraph(text).graph)));
  const found = survivors(graph, dominators(graph), bornBetween(baseline, target, graph));

  it('are grouped by type, with what holds them and what they keep', () => {
    const groups = found.groups.map(({ type, objects, outermost, retainedBytes, largest, holders, moreHolders }) => ({
      type: graph.types[type].displayName,
      objects,
      outermost,
      retainedBytes,
      largest: [largest.node === node('s1') ? 's1' : largest.node, largest.retainedBytes],
      holders: holders.map(
        (holder) => `${holder.node === node('c') ? 'c' : 'o'}: ${holder.objects} objects, ${holder.retainedBytes} bytes`,
      ),
      moreHolders,
    }));
    expect(groups[0]).toEqual({
      type: 'Session',
      objects: 3,
      outermost: 3,
      retainedBytes: 1800,
      largest: ['s1', 1100],
      holders: ['c: 2 objects, 1700 bytes', 'o: 1 objects, 100 bytes'],
      moreHolders: 0,
    });
    expect([groups[1].type, groups[1].objects, groups[1].outermost, groups[1].retainedBytes]).toEqual(['Data', 3, 1, 10]);
  });

  it('add up', () => {
    expect([found.objects, found.shallowBytes, found.retainedBytes, found.unreachedObjects]).toEqual([6, 1810, 1810, 0]);
  });

  it('are cut at a limit that is told', () => {
    const marked = new Uint8Array(graph.nodeCount).fill(1);
    expect(survivors(graph, dominators(graph), marked, 0).more).toEqual({ groups: 1, objects: 1, retainedBytes: 1958 });
  });
});

describe('a table that grew and was made anew', () => {
  const BEFORE = 'module app = m\nm .map c\nc <table> t1\nt1: (array) 80\nt1 [0] old\nold: Session 1000';
  const after = (entries: string): string => `module app = m\nm .map c\nc <table> t2\nt2: (array) 80\n${entries}`;

  /** What survived from the first heap to the second, with tables told from objects. */
  function survived(entries: string): readonly string[] {
    const parsed = parseGraph(after(entries)).graph;
    const isTable = (_: HeapGraph, node: NodeIndex): boolean => parsed.types[parsed.typeOf[node]].displayName === '(array)';
    const graph: HeapGraph = { ...parsed, language: Object.assign(Object.create(parsed.language) as HeapGraph['language'], { isTable }) };
    const marked = bornBetween(knownObjects(identitiesOf(parseGraph(BEFORE).graph)), { has: () => true }, graph);
    const name = (node: NodeIndex | undefined): string => (node === undefined ? 'nothing' : graph.types[graph.typeOf[node]].displayName);
    return survivors(graph, dominators(graph), marked).groups.map(
      ({ type, outermost, retainedBytes, holders }) =>
        `${outermost} ${graph.types[type].displayName}, ${retainedBytes} bytes, held by ${name(holders[0].node)}`,
    );
  }

  it('is not what came, and its old entries are not new: what was added is (a Map of closures between two heaps)', () => {
    const added = 't2 [1] s1\ns1: Session 100\nt2 [2] s2\ns2: Session 100';
    expect(survived(`t2 [0] old\nold: Session 1000\n${added}`)).toEqual(['2 Session, 200 bytes, held by c']);
  });

  it('is what came where its bytes are its own (numbers)', () => {
    expect(survived('')).toEqual(['1 (array), 80 bytes, held by c']);
  });
});

describe('against brute force on random heaps', () => {
  it('keep, by removal of each in turn, what goes with at least one of them', () => {
    fc.assert(
      fc.property(randomHeap(16), fc.array(fc.constantFrom(0, 1), { minLength: 16, maxLength: 16 }), (shape, marks) => {
        const graph = heapOf({ ...shape, anchors: { ...shape.anchors, unreached: 'garbage' } });
        const tree = dominators(graph);
        const found = survivors(graph, tree, Uint8Array.from(marks));
        const held = heldWithout(graph);
        const marked = [...held].filter((node) => marks[node] === 1);
        const gone = new Set(marked.flatMap((node) => [...held].filter((each) => !heldWithout(graph, new Set([node])).has(each))));
        expect(found.objects).toBe(marked.length);
        expect(found.retainedBytes).toBe([...gone].reduce((sum, node) => sum + graph.shallowBytes[node], 0));
        for (const group of found.groups) {
          const byHolders = group.holders.reduce((sum, { retainedBytes }) => sum + retainedBytes, 0);
          if (group.moreHolders === 0) expect(byHolders).toBe(group.retainedBytes);
          else expect(byHolders).toBeLessThan(group.retainedBytes);
          expect(group.largest.retainedBytes).toBe(tree.retainedBytes(group.largest.node));
        }
      }),
      { numRuns: 300 },
    );
  });
});
