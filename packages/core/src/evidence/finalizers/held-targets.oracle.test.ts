import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breadthFirst } from '../../graph/breadth-first.ts';
import { dominators } from '../../graph/dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { parseGraph } from '../../graph/text-notation.ts';
import { heldTargets } from './held-targets.ts';
import { WatchedObjects, type Watch } from './watched-objects.ts';

/** Small heaps in which nearly everything may refer to nearly everything, finalizers and their registries included. */
const heaps = fc
  .record({ things: fc.integer({ min: 2, max: 7 }), cells: fc.integer({ min: 1, max: 4 }), registries: fc.integer({ min: 1, max: 2 }) })
  .chain(({ things, cells, registries }) => {
    const thing = fc.nat(things - 1).map((i) => `t${i}`);
    const cell = fc.record({ registry: fc.nat(registries - 1), target: thing, held: fc.option(thing) });
    const registry = fc.record({ callback: thing, holder: fc.oneof({ weight: 3, arbitrary: fc.constant('m') }, thing) });
    return fc.record({
      cells: fc.array(cell, { minLength: cells, maxLength: cells }),
      registries: fc.array(registry, { minLength: registries, maxLength: registries }),
      references: fc.array(fc.tuple(fc.oneof({ weight: 6, arbitrary: thing }, fc.constant('m')), thing), { maxLength: things * 2 }),
    });
  })
  .map(({ cells, registries, references }) =>
    [
      'module app = m',
      ...registries.map(({ callback, holder }, i) => `${holder} .r${i} r${i}\nr${i}: finalizers\nr${i} .callback ${callback}`),
      ...cells.map(({ registry, target, held }, i) =>
        [`r${registry} [${i}] f${i}`, `f${i}: finalizer`, `f${i} ~> ${target}`, ...(held === null ? [] : [`f${i} .held ${held}`])].join(
          '\n',
        ),
      ),
      ...references.map(([from, to], i) => `${from} .x${i} ${to}`),
    ].join('\n'),
  );

type Cut = (from: NodeIndex, to: NodeIndex) => boolean;

/** What is held when some references do not count, grown again and again by what `more` says follows from it. */
function reach(graph: HeapGraph, starts: Iterable<NodeIndex>, isCut: Cut, more: (reached: ReadonlySet<NodeIndex>) => NodeIndex[]) {
  const reached = new Set<NodeIndex>();
  for (let open = [...starts]; open.length > 0; open = more(reached).filter((node) => !reached.has(node))) {
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (reached.has(node)) continue;
      reached.add(node);
      for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++)
        if (graph.edgeFlags[e] < 0x80 && !isCut(node, graph.edgeTarget[e])) open.push(graph.edgeTarget[e]);
    }
  }
  return reached;
}

const NOTHING = (): NodeIndex[] => [];

/** The definition, taken literally: one search for each question about each registration. */
function byDefinition(graph: HeapGraph, watches: readonly Watch[]): Map<NodeIndex, string> {
  const roots = graph.anchors.first;
  const isHeldBy: Cut = (from, to) => watches.some(({ holder, held }) => holder === from && held.includes(to));
  const isCallback: Cut = (from, to) => watches.some(({ registry }) => registry?.node === from && registry.callback === to);
  const released = (reached: ReadonlySet<NodeIndex>): NodeIndex[] =>
    watches.filter(({ target, holder }) => reached.has(target) && reached.has(holder)).flatMap(({ held }) => held);
  const held = reach(graph, roots, () => false, NOTHING);
  const otherwise = reach(graph, roots, (from, to) => isHeldBy(from, to) || isCallback(from, to), released);
  /** Into what something else holds nobody needs to go. */
  const among = (starts: readonly NodeIndex[]): ReadonlySet<NodeIndex> => {
    const outside = starts.filter((node) => !otherwise.has(node));
    const follows = (reached: ReadonlySet<NodeIndex>): NodeIndex[] =>
      watches.filter(({ target }) => reached.has(target)).flatMap((watch) => watch.held.filter((node) => !otherwise.has(node)));
    return reach(graph, outside, (from, to) => otherwise.has(to) || isHeldBy(from, to), follows);
  };
  const registries = new Map(watches.map(({ registry }) => [registry!.node, registry!.callback]));
  const byCallbacks = [...registries]
    .filter(([node]) => otherwise.has(node))
    .map(([node, callback]) => ({ node, leads: among([callback]) }));
  const found = new Map<NodeIndex, string>();
  for (const { registration, target, held: values, registry } of watches) {
    if (!held.has(target) || otherwise.has(target)) continue;
    const callbacks = byCallbacks.filter(({ leads }) => leads.has(target)).map(({ node }) => node);
    if (callbacks.length === 1 && callbacks[0] === registry!.node) found.set(registration, 'callback');
    if (callbacks.length === 0 && values.some((value) => among([value]).has(target))) found.set(registration, 'held value');
  }
  return found;
}

describe('targets that their own finalizers keep', () => {
  it('are those of the definition, in random heaps', () => {
    const seen = { 'held value': 0, callback: 0, 'held value, held elsewhere too': 0 };
    fc.assert(
      fc.property(heaps, (text) => {
        const { graph } = parseGraph(text);
        const watched = new WatchedObjects(graph.language.finalizers(graph), graph.nodeCount);
        const found = heldTargets(graph, dominators(graph), breadthFirst(graph), watched);
        for (const { by } of found) seen[by]++;
        const alone = found.filter(({ by }) => by !== 'held value, held elsewhere too');
        const expected = byDefinition(graph, watched.watches);
        expect(new Map(alone.map(({ watch, by }) => [watch.registration, by]))).toEqual(expected);
      }),
      { seed: 6, numRuns: 2000 },
    );
    // The heaps show what they are to show.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
  });

  it('go when finalizers let go, and the others do not for want of their own', () => {
    fc.assert(
      fc.property(heaps, (text) => {
        const { graph } = parseGraph(text);
        const watched = new WatchedObjects(graph.language.finalizers(graph), graph.nodeCount);
        const found = heldTargets(graph, dominators(graph), breadthFirst(graph), watched);
        const isHeld = (target: NodeIndex, isCut: Cut): boolean => reach(graph, graph.anchors.first, isCut, NOTHING).has(target);
        for (const { watch, by } of found) {
          if (by === 'held value, held elsewhere too') {
            // Without its held value it goes, whoever else holds that.
            expect(isHeld(watch.target, (_, to) => watch.held.includes(to))).toBe(false);
          } else expect(isHeld(watch.target, (from, to) => watched.isOwn(from, to))).toBe(false);
        }
        const targets = new Set(found.map(({ watch }) => watch.target));
        for (const { target, holder, held, registry } of watched.watches) {
          // One registration each, so that nothing of its own is left when that one is cut.
          if (targets.has(target) || watched.of(target).length > 1 || !isHeld(target, () => false)) continue;
          const isOwn: Cut = (from, to) => (from === holder && held.includes(to)) || (from === registry!.node && registry!.callback === to);
          expect(isHeld(target, isOwn) || !isHeld(target, (from, to) => watched.isOwn(from, to))).toBe(true);
        }
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});
