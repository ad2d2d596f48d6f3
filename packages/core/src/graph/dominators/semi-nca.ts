import type { Scratch } from '../scratch.ts';
import type { DepthFirstTree } from './depth-first.ts';
import { predecessors, type Predecessors } from './late-references.ts';

/** Steps up the tree that may be spent before jump pointers are made: enough for every real heap seen, too little for a chain of a million. */
const STEPS_PER_NODE = 16;
const STEPS_AT_LEAST = 1_000_000;

/**
 * Immediate dominators by number; the root's is itself. The semi-NCA algorithm (Georgiadis, Linear-Time Algorithms for
 * Dominators and Related Problems, 2005, section 2.2) with path compression on values. Its second phase climbs the tree and
 * is quadratic on deep chains with shared payloads; when the climbing has cost too much, the rest is done with skew-binary
 * jump pointers (Myers 1983), O(log depth) each. The dominators take the place of `parent`; `path` is used up, and
 * `late` and `open` go to `scratch` with what else was needed.
 */
export function semiNca(tree: DepthFirstTree, scratch: Scratch): Uint32Array {
  scratch.give(tree.open);
  const found = predecessors(tree.late, tree.count, scratch);
  scratch.give(tree.late);
  const semi = semidominators(tree, found, scratch);
  scratch.give(found.source);
  const climbedTo = climb(tree, semi);
  if (climbedTo <= tree.count) jump(tree, semi, climbedTo);
  scratch.give(semi);
  return tree.parent;
}

/** The semidominator of each number. Takes the place of `first`, of which it needs one entry after the other. */
function semidominators({ count, path }: DepthFirstTree, { first, source }: Predecessors, scratch: Scratch): Uint32Array {
  // As long as a path that is compressed: the longest may have all nodes.
  const stack = scratch.take(count + 1);
  let end = first[count + 1];
  for (let w = count; w >= 2; w--) {
    const begin = first[w];
    let least = path[2 * w + 1];
    for (let p = begin; p < end && least > 1; p++) {
      // Numbers above w are linked to their parents, or to something above these that a compressed path led to.
      const from = source[p];
      let above = path[2 * from];
      if (above > w) {
        // Compress the path from `from` to the last linked number above w: each gets the least label on its way there.
        let at = from;
        let depth = 0;
        while (path[2 * above] > w) {
          stack[depth++] = at;
          at = above;
          above = path[2 * above];
        }
        let leastAbove = path[2 * at + 1];
        if (path[2 * above + 1] < leastAbove) path[2 * at + 1] = leastAbove = path[2 * above + 1];
        const top = path[2 * above];
        path[2 * at] = top;
        while (depth > 0) {
          const below = stack[--depth];
          if (leastAbove < path[2 * below + 1]) path[2 * below + 1] = leastAbove;
          else leastAbove = path[2 * below + 1];
          path[2 * below] = top;
        }
      }
      if (path[2 * from + 1] < least) least = path[2 * from + 1];
    }
    path[2 * w + 1] = least;
    first[w] = least;
    end = begin;
  }
  scratch.give(stack);
  return first;
}

/** The nearest common ancestor of parent and semidominator, by climbing; returns the first number that was not done. */
function climb({ count, parent }: DepthFirstTree, semi: Uint32Array): number {
  const dominator = parent;
  const budget = STEPS_PER_NODE * count + STEPS_AT_LEAST;
  let steps = 0;
  dominator[1] = 1;
  let w = 2;
  for (; w <= count && steps <= budget; w++) {
    const least = semi[w];
    let at = parent[w];
    while (at > least) {
      at = dominator[at];
      steps++;
    }
    dominator[w] = at;
  }
  return w;
}

function jump({ count, parent, path }: DepthFirstTree, semi: Uint32Array, from: number): void {
  const dominator = parent;
  const depth = path.subarray(0, count + 1).fill(0);
  const jumpTo = path.subarray(count + 1);
  jumpTo[1] = 1;
  for (let w = 2; w <= count; w++) {
    let at = dominator[w];
    if (w >= from) {
      const least = semi[w];
      while (at > least) at = jumpTo[at] > least ? jumpTo[at] : dominator[at];
      dominator[w] = at;
    }
    const far = jumpTo[at];
    depth[w] = depth[at] + 1;
    jumpTo[w] = depth[at] - depth[far] === depth[far] - depth[jumpTo[far]] ? jumpTo[far] : at;
  }
}
