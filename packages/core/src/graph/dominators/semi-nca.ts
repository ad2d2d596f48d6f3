import type { DepthFirstTree } from './depth-first.ts';
import type { LateReferences } from './late-references.ts';

/** Steps up the tree that may be spent before jump pointers are made: enough for every real heap seen, too little for a chain of a million. */
const STEPS_PER_NODE = 16;
const STEPS_AT_LEAST = 1_000_000;

/**
 * Immediate dominators by number; the root's is itself. The semi-NCA algorithm (Georgiadis, Linear-Time Algorithms for
 * Dominators and Related Problems, 2005, section 2.2) with path compression on values. Its second phase climbs the tree and
 * is quadratic on deep chains with shared payloads; when the climbing has cost too much, the rest is done with skew-binary
 * jump pointers (Myers 1983), O(log depth) each. Uses up `semi`, `scratch`.
 */
export function semiNca(tree: DepthFirstTree, late: LateReferences): Uint32Array {
  const label = new Uint32Array(tree.count + 1);
  const ancestor = new Uint32Array(tree.count + 1);
  semidominators(tree, late, label, ancestor);
  const climbedTo = climb(tree, label);
  if (climbedTo <= tree.count) jump(tree, label, climbedTo, ancestor.fill(0), tree.scratch);
  return label;
}

/** Leaves the semidominator of each number in `tree.semi`. */
function semidominators(tree: DepthFirstTree, late: LateReferences, label: Uint32Array, ancestor: Uint32Array): void {
  const { count, parent, semi, scratch: stack } = tree;
  const { first, source } = late;
  label.set(semi.subarray(0, count + 1));
  for (let w = count; w >= 2; w--) {
    let least = label[w];
    for (let p = first[w], end = first[w + 1]; p < end && least > 1; p++) {
      const from = source[p];
      let above = ancestor[from];
      if (above > w) {
        // Compress the path from `from` to the last linked number above w: each gets the least label on its way there.
        let at = from;
        let depth = 0;
        while (ancestor[above] > w) {
          stack[depth++] = at;
          at = above;
          above = ancestor[above];
        }
        let leastAbove = label[at];
        if (label[above] < leastAbove) label[at] = leastAbove = label[above];
        const top = ancestor[above];
        ancestor[at] = top;
        while (depth > 0) {
          const below = stack[--depth];
          if (leastAbove < label[below]) label[below] = leastAbove;
          else leastAbove = label[below];
          ancestor[below] = top;
        }
      }
      if (label[from] < least) least = label[from];
    }
    label[w] = least;
    semi[w] = least;
    ancestor[w] = parent[w];
  }
}

/** The nearest common ancestor of parent and semidominator, by climbing; returns the first number that was not done. */
function climb(tree: DepthFirstTree, dominator: Uint32Array): number {
  const { count, parent, semi } = tree;
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

function jump(tree: DepthFirstTree, dominator: Uint32Array, from: number, depth: Uint32Array, jumpTo: Uint32Array): void {
  const { count, parent, semi } = tree;
  jumpTo[1] = 1;
  for (let w = 2; w <= count; w++) {
    let at = dominator[w];
    if (w >= from) {
      const least = semi[w];
      at = parent[w];
      while (at > least) at = jumpTo[at] > least ? jumpTo[at] : dominator[at];
      dominator[w] = at;
    }
    const far = jumpTo[at];
    depth[w] = depth[at] + 1;
    jumpTo[w] = depth[at] - depth[far] === depth[far] - depth[jumpTo[far]] ? jumpTo[far] : at;
  }
}
