import type { HeapGraph } from '../../graph/heap-graph.ts';
import type { ReverseEdges } from '../../graph/reverse-edges.ts';
import type { GrowingPlace } from './growing-places.ts';
import { NO_PLACE, type PlaceTable } from './place-table.ts';
import type { PlacedHeap } from './place-walk.ts';

/** The heap divided among the growing places: each object belongs to the one whose growth carries it, if any. */
export interface Regions {
  /** Region of each place (index of its growing place), or -1. */
  readonly regionOfPlace: Int32Array;
  /** Growing place that a place holds, or -1. */
  readonly heldRegionOfPlace: Int32Array;
  readonly regionOfNode: (node: number) => number;
}

export function regionsOf(places: PlaceTable, heap: PlacedHeap, growing: readonly GrowingPlace[]): Regions {
  const regionOfPlace = new Int32Array(places.size).fill(-1);
  const heldRegionOfPlace = new Int32Array(places.size).fill(-1);
  growing.forEach(({ holder, members }, region) => {
    for (const member of members) regionOfPlace[member] = region;
    if (holder !== NO_PLACE) heldRegionOfPlace[holder] = region;
  });
  // Parents come before their children.
  for (let place = 1; place < places.size; place++) {
    const parent = places.parent(place);
    if (regionOfPlace[place] < 0 && parent !== NO_PLACE) regionOfPlace[place] = regionOfPlace[parent]!;
  }
  return { regionOfPlace, heldRegionOfPlace, regionOfNode: (node) => regionOfPlace[heap.placeOf[node]] };
}

/** How many new objects of region `to` the entries or the region of `from` refer to. Counts objects, not references. */
export interface Links {
  strong(from: number, to: number): number;
  weak(from: number, to: number): number;
}

export const NO_LINKS: Links = { strong: () => 0, weak: () => 0 };

/** Counts, for each new object of a region, which other regions refer to it, strongly or weakly. Linear in the edges that lead into regions. */
export function linksBetween(
  graph: HeapGraph,
  heap: PlacedHeap,
  regions: Regions,
  reverse: ReverseEdges,
  count: number,
  isNew: (node: number) => boolean,
): Links {
  const strong = new Float64Array(count * count);
  const weak = new Float64Array(count * count);
  const lastTarget = new Int32Array(count).fill(-1);
  const note = (matrix: Float64Array, source: number, target: number, to: number): void => {
    const place = heap.placeOf[source];
    // A number or text that two leaks happen to mention makes them no one leak; entries of both containers do.
    const constant = graph.language.role(graph, target) === 'constant';
    for (const from of [constant ? -1 : regions.regionOfPlace[place], regions.heldRegionOfPlace[place]]) {
      if (from < 0 || from === to || lastTarget[from] === target) continue;
      lastTarget[from] = target;
      matrix[from * count + to]++;
    }
  };
  for (let target = 0; target < graph.nodeCount; target++) {
    const to = regions.regionOfNode(target);
    if (to < 0 || !isNew(target)) continue;
    for (let r = reverse.first[target]; r < reverse.first[target + 1]; r++) note(strong, reverse.source[r], target, to);
  }
  lastTarget.fill(-1);
  const order = Array.from(graph.weak.target.keys()).sort((a, b) => graph.weak.target[a] - graph.weak.target[b]);
  for (const i of order) {
    const to = regions.regionOfNode(graph.weak.target[i]);
    if (to < 0 || !isNew(graph.weak.target[i])) continue;
    const source = graph.weak.source[i];
    note(weak, source, graph.weak.target[i], to);
    // A weak reference that several tables share belongs to one place only; each of the tables follows all the same.
    for (let r = reverse.first[source]; r < reverse.first[source + 1]; r++) note(weak, reverse.source[r], graph.weak.target[i], to);
  }
  return { strong: (from, to) => strong[from * count + to], weak: (from, to) => weak[from * count + to] };
}
