import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breadthFirst, ROOT } from '../../graph/breadth-first.ts';
import { dominators } from '../../graph/dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { runtimeHolders } from '../../graph/runtime-holders.ts';
import { heapOf, randomHeap } from '../../graph/testing/random-heap.ts';
import { parseGraph } from '../../graph/text-notation.ts';
import { findSuspects, type Suspect, type Suspects } from './index.ts';
import { commonHolder } from './merged-paths.ts';
import { topObjects } from './top-objects.ts';

/** What a person would be told of a suspect. */
function line(graph: HeapGraph, { kind, passes, type, objects, retainedBytes, accumulation, signature, owner }: Suspect): string {
  const name = (index: number): string => graph.types[index].displayName;
  const at = accumulation === undefined ? 'nowhere' : name(graph.typeOf[accumulation.node]);
  const below = accumulation?.below.map((each) => `${each.objects} ${name(each.type)}`).join(', ');
  return `${passes ? '' : '(below) '}${kind}: ${objects} ${name(type)}, ${retainedBytes} bytes; piles up at ${at} over ${below}; ${signature}; owner ${owner?.name}`;
}

function linesOf(text: string, walkOf: (graph: HeapGraph) => ReturnType<typeof breadthFirst> = breadthFirst, share = 0.1): string[] {
  const { graph } = parseGraph(text);
  return findSuspects(graph, dominators(graph), { share }, walkOf(graph)).suspects.map((suspect) => line(graph, suspect));
}

const sessions = (count: number, bytes: number): string =>
  Array.from({ length: count }, (_, i) => `l [${i}] s${i}\ns${i}: Session ${bytes}`).join('\n');

describe('leak suspects', () => {
  it('are looked for below modules, and followed to where they pile up', () => {
    const text = `module app = m\nm .registry r\nr: Registry 50\nr .list l\nl: list 100\n${sessions(20, 100)}\nm .config c\nc: Config 150`;
    expect(linesOf(text)).toMatchInlineSnapshot(`
      [
        "single: 1 Registry, 2150 bytes; piles up at list over 20 Session; module app m .registry Registry .list list; owner app",
      ]
    `);
  });

  it('are groups of a type where no object is large alone, with the holder of most of them', () => {
    // Every session is also in a second list, so that neither list dominates them.
    const text = `module app = m\nm .a l\nl: list 10\nm .b k\nk: list 10\n${sessions(20, 100)}\n${Array.from({ length: 20 }, (_, i) => `k [${i}] s${i}`).join('\n')}`;
    expect(linesOf(text)).toMatchInlineSnapshot(`
      [
        "group: 20 Session, 2000 bytes; piles up at list over ; module app m .a list; owner app",
      ]
    `);
  });

  it('held in the same way are one, with a count', () => {
    const text =
      'module app = m\nm .caches c\nc: dict 10\nc [a] c1\nc1: Cache 400\nc [b] c2\nc2: Cache 500\nm .far f\nf .further g\ng .first c1\ng .second c2';
    const { graph } = parseGraph(text);
    const { suspects } = findSuspects(graph, dominators(graph));
    expect(suspects.map(({ objects, retainedBytes, sample }) => [objects, retainedBytes, sample.length])).toEqual([[2, 900, 2]]);
  });

  it('are the caches of an application object, not the object, and what piles up behind a larger table (promises behind the modules of Node)', () => {
    const two = `module app = m\nm .app a\na: App\na .one l\nl: list 10\n${sessions(10, 100)}\na .two k\nk: dict 10\n${Array.from({ length: 10 }, (_, i) => `k [${i}] e${i}\ne${i}: Event 80`).join('\n')}`;
    expect(linesOf(two)).toEqual([
      'single: 1 list, 1010 bytes; piles up at list over 10 Session; module app m .app App .one list; owner app',
      'single: 1 dict, 810 bytes; piles up at dict over 10 Event; module app m .app App .two dict; owner app',
    ]);
    const others = Array.from({ length: 60 }, (_, i) => `t [x${i}] x${i}\nx${i}: Other 10`).join('\n');
    const table = `module app = m\nm .table t\nt: table 10\n${others}\nt [loader] o\no: Loader 10\no .waiting l\nl: list 10\n${sessions(11, 100)}`;
    expect(linesOf(table)[0]).toBe(
      'single: 1 Loader, 1120 bytes; piles up at list over 11 Session; module app m .table table [x] Loader .waiting list; owner app',
    );
  });

  it('are still the container where many small things outweigh the large one in it', () => {
    const model = `module app = m\nm .cache l\nl: list 10\nl [model] big\nbig: Model 900\n${sessions(20, 100)}`;
    expect(linesOf(model)).toEqual([expect.stringMatching(/^single: 1 list, 2910 bytes; piles up at list over 20 Session, 1 Model/)]);
  });

  it('are none of what the runtime is made of', () => {
    const modules = Array.from({ length: 20 }, (_, i) => `t [x${i}] x${i}\nx${i}: module 100`).join('\n');
    expect(linesOf(`native x = t\nt: table 10\n${modules}\nnative y = s\ns: Small 20`)).not.toContainEqual(
      expect.stringContaining('table'),
    );
  });

  it('are the largest few when none passes, and say so', () => {
    const many = Array.from({ length: 30 }, (_, i) => `m .a${i} T${i}x\nT${i}x: T${i} ${100 + i}`).join('\n');
    expect(linesOf(`module app = m\n${many}`)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\(below\) single: 1 T29, 129 bytes/)]),
    );
    expect(linesOf(`module app = m\n${many}`).length).toBe(3);
  });

  it('are the largest few of the program when larger tables of the runtime stand before them', () => {
    const modules = Array.from({ length: 20 }, (_, i) => `t [x${i}] x${i}\nx${i}: module 100`).join('\n');
    const small = Array.from({ length: 50 }, (_, i) => `m .b${i} S${i}x\nS${i}x: S${i} 1000`).join('\n');
    const tables = [0, 1, 2].map(
      (i) => `native t${i} = u${i}\nu${i}: table 10\n${modules.replaceAll('x', `x${i}_`).replaceAll(/^t/gm, `u${i}`)}`,
    );
    const text = `module app = m\n${tables.join('\n')}\nm .list l\nl: list 10\n${sessions(15, 100)}\n${small}`;
    const lines = linesOf(text);
    expect(lines.length).toBe(3);
    expect(lines[0]).toMatch(/^\(below\) single: 1 list, 1510 bytes; piles up at list over 15 Session/);
  });

  it('are, where none passes, a type with all its objects but the few that are shown alone', () => {
    const many = Array.from(
      { length: 40 },
      (_, i) => `l [${i}] s${i}\nk [${i}] s${i}\ns${i}: Session 200\nm .o${i} o${i}\no${i}: Other${i} ${i < 3 ? 300 : 100}`,
    );
    const text = `module app = m\nm .a l\nl: list 10\nm .b k\nk: list 10\n${many.join('\n')}`;
    expect(linesOf(text, undefined, 0.9)[0]).toMatch(/^\(below\) group: 40 Session, 8000 bytes; piles up at list/);
  });

  it('are none of heaptrail itself', () => {
    const { graph } = parseGraph('module app = m\nm .a a\na: A 100\nagent own = o\no .buffer b\nb: bytes 100000');
    const { suspects, usedBytes } = findSuspects(graph, dominators(graph));
    expect(suspects.map(({ type }) => graph.types[type].displayName)).toEqual(['A']);
    expect(usedBytes).toBe(116);
  });

  it('name the nearest thing that the developer wrote', () => {
    const { graph } = parseGraph('frame rows = l\nl: list 1000');
    expect(findSuspects(graph, dominators(graph)).suspects[0].owner).toEqual({ node: 0, by: 'frame', name: 'main' });
    expect(linesOf('module std.json = m\nm .cache l\nl: list 1000')[0]).toMatch(/owner undefined$/);
  });

  it('have no more steps than a person reads', () => {
    const length = 200;
    const chain = Array.from({ length }, (_, i) => `n${i} .next n${i + 1}\nn${i}: T${i % 9}`).join('\n');
    const { graph } = parseGraph(`module app = m\nm .head n0\n${chain}\nn${length}: Big 100000`);
    const { path } = findSuspects(graph, dominators(graph)).suspects[0];
    expect([path?.steps.length, path?.omittedSteps]).toEqual([64, length + 2 - 64]);
  });

  it('of an empty heap are none', () => {
    const { graph } = parseGraph('');
    expect(findSuspects(graph, dominators(graph))).toEqual<Suspects>({ usedBytes: 0, thresholdBytes: 0, suspects: [] });
  });

  it('are found in a chain of a million members in linear time', () => {
    const nodeCount = 1_000_000;
    const { graph } = parseGraph('module app = m\nm .next n');
    const chain: HeapGraph = {
      ...graph,
      nodeCount,
      edgeCount: nodeCount - 1,
      typeOf: Uint32Array.from({ length: nodeCount }, (_, i) => Math.min(i, 1)),
      shallowBytes: new Uint32Array(nodeCount).fill(16),
      firstEdge: Uint32Array.from({ length: nodeCount + 1 }, (_, i) => Math.min(i, nodeCount - 1)),
      edgeTarget: Uint32Array.from({ length: nodeCount - 1 }, (_, i) => i + 1),
      edgeFlags: new Uint8Array(nodeCount - 1),
      edgeLabels: { at: () => graph.edgeLabels.at(0) },
    };
    const [suspect] = findSuspects(chain, dominators(chain)).suspects;
    expect([suspect.objects, suspect.retainedBytes]).toEqual([1, 16 * (nodeCount - 1)]);
    // The end of a chain says nothing: what piles up is the chain.
    expect([suspect.accumulation?.node, suspect.accumulation?.chainedObjects]).toEqual([1, nodeCount - 3]);
  });
});

describe('against brute force on random heaps', () => {
  it('start from what only the root and runtime holders dominate', () => {
    fc.assert(
      fc.property(randomHeap(20), (shape) => {
        const graph = heapOf(shape);
        const tree = dominators(graph);
        const isHolder = runtimeHolders(graph);
        const above = (node: NodeIndex): number[] => {
          const found: number[] = [];
          for (let at = tree.dominatorOf(node); at >= 0; at = tree.dominatorOf(at)) found.push(at);
          return found;
        };
        const expected = [...Array(graph.nodeCount).keys()].filter(
          (node) => tree.isReached(node) && isHolder[node] === 0 && above(node).every((each) => isHolder[each] === 1),
        );
        const found = Array.from(topObjects(graph, tree).numbers, (number) => tree.node[number]);
        expect(found.sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });

  it('follow merged paths as their definition says', () => {
    fc.assert(
      fc.property(randomHeap(24), fc.array(fc.nat(23), { minLength: 1, maxLength: 12 }), (shape, chosen) => {
        const graph = heapOf(shape);
        const walk = breadthFirst(graph);
        const members = [...new Set(chosen.map((each) => each % graph.nodeCount))];
        const bytesOf = (node: NodeIndex): number => graph.shallowBytes[node];
        expect(commonHolder(walk, Uint32Array.from(members), bytesOf)).toEqual(walkedDown(walk.parent, members, bytesOf));
      }),
      { numRuns: 500 },
    );
  });
});

/** Each step of each path counted by itself, then the walk from the roots as it is told in words. */
function walkedDown(parent: Int32Array, members: readonly NodeIndex[], bytesOf: (node: NodeIndex) => number) {
  const pathOf = (node: NodeIndex): NodeIndex[] => (parent[node] >= 0 ? [...pathOf(parent[node]), node] : [node]);
  const paths = members.filter((node) => parent[node] >= 0 || parent[node] === ROOT).map(pathOf);
  let holder: { node: NodeIndex; coveredMembers: number; retainedBytes: number } | undefined;
  for (let depth = 0; ; depth++) {
    const below = paths.filter((path) => path.length > depth && (depth === 0 || path[depth - 1] === holder?.node));
    const steps = [...new Set(below.map((path) => path[depth]))].map((node) => {
      const through = below.filter((path) => path[depth] === node);
      return { node, coveredMembers: through.length, retainedBytes: through.reduce((sum, path) => sum + bytesOf(path.at(-1)!), 0) };
    });
    steps.sort((a, b) => b.retainedBytes - a.retainedBytes || b.coveredMembers - a.coveredMembers || a.node - b.node);
    const [best] = steps;
    if (best === undefined || best.coveredMembers <= 0.8 * members.length) return holder;
    if (holder !== undefined && best.retainedBytes < 0.7 * holder.retainedBytes) return holder;
    holder = best;
  }
}
