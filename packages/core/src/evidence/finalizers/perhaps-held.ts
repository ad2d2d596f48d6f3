import { ROOT, type Walk } from '../../graph/breadth-first.ts';
import type { NodeIndex } from '../../graph/heap-graph.ts';
import type { WatchedObjects } from './watched-objects.ts';

const SURE = 1;
const NOT_SURE = 2;

/**
 * Whether more has to be asked: there is a target whose shortest path from a root leads over a finalizer, or that has none.
 * All others are held by something else, as the path proves; in a healthy heap these are all, and
 * no further walk is needed. Each node on the paths is looked at once.
 */
export function perhapsHeldByFinalizers({ parent }: Walk, watched: WatchedObjects): boolean {
  const known = new Map<NodeIndex, number>();
  return watched.watches.some(({ target }) => {
    const way: NodeIndex[] = [];
    let at = target;
    let found = known.get(at);
    while (found === undefined) {
      way.push(at);
      const above = parent[at];
      // Roots are sure, what no path leads to is not.
      if (above < 0) found = above === ROOT ? SURE : NOT_SURE;
      else if (watched.isOwn(above, at)) found = NOT_SURE;
      else found = known.get((at = above));
    }
    for (const each of way) known.set(each, found);
    return found === NOT_SURE;
  });
}
