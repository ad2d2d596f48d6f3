import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EdgeFlag } from '../edge-flags.ts';
import { EdgeKind, labelKind, type EdgeLabel } from '../edge-label.ts';
import type { HeapGraph, NodeIndex } from '../heap-graph.ts';
import type { ChildSink } from '../language.ts';
import { heapOf, randomHeap } from '../testing/random-heap.ts';
import { TextLanguage } from '../text-language.ts';
import { parseGraph } from '../text-notation.ts';
import { neighbourhood, type Neighbourhood, type NeighbourhoodLimits } from './index.ts';

/** One line an object, one a reference. */
function draw(graph: HeapGraph, { nodes, references }: Neighbourhood): string[] {
  const name = (node: NodeIndex): string => graph.types[graph.typeOf[node]].displayName;
  return [
    ...nodes.map(
      ({ node, depth, cycle, hiddenReferents, hiddenReferrers }) =>
        `${depth}: ${name(node)}${cycle === undefined ? '' : ` (cycle ${cycle})`} +${hiddenReferrers ?? '?'}→ →+${hiddenReferents}`,
    ),
    ...references.map(
      ({ from, to, label, holds, others }) =>
        `${name(nodes[from].node)}${graph.language.labelText(graph, label)} → ${name(nodes[to].node)}${holds ? '' : ' holds nothing'}${others === 0 ? '' : ` and ${others} more`}`,
    ),
  ];
}

function around(text: string, centre: string, limits: Partial<NeighbourhoodLimits> = {}): string[] {
  const { graph, node } = parseGraph(text);
  return draw(graph, neighbourhood(graph, [node(centre)], limits));
}

describe('neighbourhood of an object', () => {
  // app → cache → Page ⇄ Link → Text;  Page → its class
  const text = `
    module app = m
    m: Module
    m .cache c
    c: Cache
    c [a] p
    c [b] q
    p: Page
    q: Page2
    p .link l
    l: Link
    l .page p
    l .text t
    t: Text
    p ^ K
    K: class`;

  it('shows what refers to it and what it refers to, with cycles numbered', () => {
    expect(around(text, 'p', { depth: 2 })).toMatchInlineSnapshot(`
      [
        "0: Page (cycle 1) +0→ →+0",
        "-1: Cache +0→ →+1",
        "-1: Link (cycle 1) +0→ →+0",
        "-2: Module +0→ →+0",
        "2: Text +0→ →+0",
        "Page.link → Link",
        "Cache["a"] → Page",
        "Link.page → Page",
        "Link.text → Text",
        "Module.cache → Cache",
      ]
    `);
  });

  it('looks in one direction when told so', () => {
    expect(around(text, 'l', { depth: 1, direction: 'referrers' })).toMatchInlineSnapshot(`
      [
        "0: Link (cycle 1) +0→ →+1",
        "-1: Page (cycle 1) +1→ →+1",
        "Link.page → Page",
        "Page.link → Link",
      ]
    `);
    expect(around(text, 'l', { depth: 1, direction: 'referents' })).toMatchInlineSnapshot(`
      [
        "0: Link (cycle 1) +?→ →+0",
        "1: Page (cycle 1) +?→ →+1",
        "1: Text +?→ →+0",
        "Link.page → Page",
        "Link.text → Text",
        "Page.link → Link",
      ]
    `);
  });

  it('counts what has no place', () => {
    const many = Array.from({ length: 50 }, (_, i) => `l [${i}] T${i}x`).join('\n');
    const { graph, node } = parseGraph(many);
    const perNode = neighbourhood(graph, [node('l')], { direction: 'referents', mostPerNode: 10 });
    expect([perNode.nodes.length, perNode.leftOut, perNode.nodes[0].hiddenReferents]).toEqual([11, 40, 40]);
    const inAll = neighbourhood(graph, [node('l')], { direction: 'referents', mostPerNode: 100, mostNodes: 5 });
    expect([inAll.nodes.length, inAll.leftOut]).toEqual([5, 46]);
  });

  it('takes several objects at once', () => {
    const { graph, node } = parseGraph('a .x s\nb .y s\ns .z t');
    expect(draw(graph, neighbourhood(graph, [node('a'), node('b')], { depth: 1, direction: 'referents' }))).toEqual([
      '0: a +?→ →+0',
      '0: b +?→ →+0',
      '1: s +?→ →+1',
      'a.x → s',
      'b.y → s',
    ]);
  });

  it('leaves out what describes an object, and the code and scopes that it runs in', () => {
    const { graph, node } = parseGraph('a .map b\na .code c\nc: module\na .x d');
    graph.edgeFlags[0] = EdgeFlag.describes;
    expect(neighbourhood(graph, [node('a')], { depth: 1, direction: 'referents' }).nodes.map((each) => each.node)).toEqual([
      node('a'),
      node('d'),
    ]);
  });

  it('shows the owner of a table in place of the table', () => {
    const { graph, node } = parseGraph('o <table> d\nd [a] v\nd: dict\no: Owner\nv: Value');
    const folded = { ...graph, language: new FoldingLanguage() };
    expect(draw(folded, neighbourhood(folded, [node('v')], { depth: 1 }))).toEqual([
      '0: Value +0→ →+0',
      '-1: Owner +0→ →+0',
      'Owner["a"] → Value',
    ]);
  });
});

/** As TextLanguage, but what is behind `<table>` belongs to its owner. */
class FoldingLanguage extends TextLanguage {
  override children(graph: HeapGraph, node: NodeIndex, sink: ChildSink): void {
    super.children(graph, node, {
      child: (target, label) => {
        if (!isTable(graph, label)) sink.child(target, label);
        else if (sink.absorb(target)) this.children(graph, target, sink);
      },
      absorb: (table) => sink.absorb(table),
    });
  }
}

function isTable(graph: HeapGraph, label: EdgeLabel): boolean {
  return labelKind(label) === EdgeKind.internal && graph.language.labelText(graph, label) === '<table>';
}

describe('against brute force on random heaps', () => {
  it('shows exactly what is within the depth, and all references among it', () => {
    fc.assert(
      fc.property(randomHeap(16), fc.nat(15), fc.integer({ min: 0, max: 3 }), (shape, start, depth) => {
        const heap = heapOf(shape);
        const graph = { ...heap, edgeFlags: new Uint8Array(heap.edgeCount) };
        const centre = start % graph.nodeCount;
        const found = neighbourhood(graph, [centre], { depth, mostNodes: 1000, mostPerNode: 1000 });
        const edges = [...Array(graph.nodeCount).keys()].flatMap((from) =>
          [...graph.edgeTarget.subarray(graph.firstEdge[from], graph.firstEdge[from + 1])].map((to) => [from, to] as const),
        );
        const expected = new Set([
          ...within(centre, depth, edges),
          ...within(
            centre,
            depth,
            edges.map(([from, to]) => [to, from]),
          ),
        ]);
        expect(new Set(found.nodes.map(({ node }) => node))).toEqual(expected);
        const shown = new Set(found.references.map(({ from, to }) => `${found.nodes[from].node} ${found.nodes[to].node}`));
        const among = new Set(edges.filter(([from, to]) => expected.has(from) && expected.has(to)).map(([from, to]) => `${from} ${to}`));
        expect(shown).toEqual(among);
        expect(found.leftOut).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});

function within(start: number, depth: number, edges: readonly (readonly [number, number])[]): number[] {
  const found = new Set([start]);
  for (let distance = 0; distance < depth; distance++)
    for (const from of [...found]) for (const [a, b] of edges) if (a === from) found.add(b);
  return [...found];
}
