import { UNREACHED } from '../../graph/breadth-first.ts';
import type { PlacedHeap } from './place-walk.ts';
import type { PlaceId } from './place-table.ts';

/**
 * Share of the weak references at some places whose referents nothing reaches: they wait for the garbage collector, and
 * the entries that follow them will go with them. NaN when there are no weak references with a living referent.
 */
export function shareWaitingForCollector(heap: PlacedHeap, at: (place: PlaceId) => boolean): number {
  const { weak } = heap.graph;
  let all = 0;
  let waiting = 0;
  for (let i = 0; i < weak.source.length; i++) {
    if (!at(heap.placeOf[weak.source[i]])) continue;
    all++;
    if (heap.walk.parent[weak.target[i]] === UNREACHED) waiting++;
  }
  return waiting / all;
}
