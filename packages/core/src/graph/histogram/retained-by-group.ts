import { NO_NODE, type DominatorTree } from '../dominators/index.ts';

/** Stands for nodes of no group. */
export const NO_GROUP = 0xffffffff;

/**
 * Bytes that each group of nodes retains: the retained sizes of its members, less those of members that another member of
 * the group dominates, so that nothing counts twice within a group. This is the minimum that Eclipse MAT and the
 * constructor view of DevTools show: what several members hold together without any one of them dominating it is not in it,
 * and may be freed too when all members go. (The other definition, all that goes with all members, needs a walk of the
 * whole heap for each group.) A byte may count for several groups.
 *
 * One walk down the dominator tree that knows of which groups a member is open above: O(nodes), also for a chain of a
 * million members. No memory but that of `tree.dominated`. `groupOf` is by node, groups are below `groupCount`.
 */
export function retainedByGroup(tree: DominatorTree, groupOf: Uint32Array, groupCount: number): Float64Array {
  const { node, dominator, retained, count } = tree;
  const { first, next } = tree.dominated;
  const bytes = new Float64Array(groupCount);
  const isOpen = new Uint8Array(groupCount);
  // Outermost members that the walk is inside of, whose groups are all different.
  const opener = new Uint32Array(Math.min(groupCount, count));
  let depth = 0;
  let at = node[1] === NO_NODE ? first[1] : 1;
  while (at !== 0) {
    const group = groupOf[node[at]];
    const child = first[at];
    if (group < groupCount && isOpen[group] === 0) {
      bytes[group] += retained[at];
      if (child !== 0) {
        isOpen[group] = 1;
        opener[depth++] = at;
      }
    }
    if (child !== 0) {
      at = child;
      continue;
    }
    while (next[at] === 0 && at > 1) {
      at = dominator[at];
      if (depth > 0 && opener[depth - 1] === at) isOpen[groupOf[node[opener[--depth]]]] = 0;
    }
    at = next[at];
  }
  return bytes;
}
