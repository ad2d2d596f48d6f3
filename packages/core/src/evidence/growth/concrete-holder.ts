import { ROOT } from '../../graph/breadth-first.ts';
import type { NodeIndex } from '../../graph/heap-graph.ts';
import type { GrowingPlace } from './growing-places.ts';
import type { PlaceId, PlaceTable } from './place-table.ts';
import { NO_PLACE } from './place-table.ts';
import type { PlacedHeap } from './place-walk.ts';

/** The growth in terms of objects of the last heap. */
export interface ConcreteGrowth {
  /** The holding object that gained most; undefined when the growing objects are roots themselves. */
  readonly holder: NodeIndex | undefined;
  /** How many holding objects gained: 1 for a module-level list, many for one list in each session. */
  readonly holders: number;
  /** New objects (absent from the first dump) by member place, under any holder. */
  readonly newNodes: ReadonlyMap<PlaceId, readonly NodeIndex[]>;
}

/**
 * Finds which object of the holder's place the new objects hang on. `before` tells the addresses of the first dump by place.
 * Where only entries rise, it is the object with most entries among those that were there from the start. Ties go to the object
 * that the walk met first by index.
 */
export function concreteGrowth(
  places: PlaceTable,
  heap: PlacedHeap,
  growing: GrowingPlace,
  before: ReadonlyMap<PlaceId, ReadonlySet<number>>,
): ConcreteGrowth {
  const { graph, walk, placeOf } = heap;
  const newNodes = new Map<PlaceId, NodeIndex[]>(growing.members.map((member) => [member, []]));
  const gainByHolder = new Map<NodeIndex, number>();
  for (let node = 0; node < graph.nodeCount; node++) {
    const place = placeOf[node];
    const list = newNodes.get(place);
    if (list !== undefined && walk.absorbed[node] === 0 && !before.get(place)!.has(graph.address[node])) {
      list.push(node);
      const holder = holderOf(places, heap, growing.holder, node);
      if (holder !== undefined) gainByHolder.set(holder, (gainByHolder.get(holder) ?? 0) + 1);
    }
    if (
      growing.members.length === 0 &&
      place === growing.holder &&
      walk.absorbed[node] === 0 &&
      before.get(place)!.has(graph.address[node])
    )
      gainByHolder.set(node, graph.language.entryCount(graph, node));
  }
  let holder: NodeIndex | undefined;
  for (const [node, gain] of gainByHolder) if (holder === undefined || gain > gainByHolder.get(holder)!) holder = node;
  return { holder, holders: gainByHolder.size, newNodes };
}

/** Climbs from an object to the first one at the holder's place: a folded chain hangs on what holds its head. */
function holderOf(places: PlaceTable, heap: PlacedHeap, holderPlace: PlaceId, node: NodeIndex): NodeIndex | undefined {
  if (holderPlace === NO_PLACE) return undefined;
  let at = node;
  for (;;) {
    const parent = heap.walk.parent[at];
    if (parent === ROOT || parent < 0) return undefined;
    // Inside a fold several objects share the member's place; only its own chain is climbed.
    if (heap.placeOf[parent] === holderPlace && (heap.placeOf[at] !== holderPlace || places.parent(heap.placeOf[at]) === holderPlace))
      return parent;
    at = parent;
  }
}
