import { breadthFirst, ROOT, UNREACHED, type Walk } from './breadth-first.ts';
import type { EdgeLabel } from './edge-label.ts';
import type { HeapGraph, NodeIndex, Root } from './heap-graph.ts';
import { reverseEdges, type ReverseEdges } from './reverse-edges.ts';

/** A retaining path: a root, then the step to each node. `steps[0]` is the root's own node. */
export interface RetainingPath {
  readonly root: Root;
  readonly steps: readonly PathStep[];
}

export interface PathStep {
  readonly node: NodeIndex;
  /** Label of the reference that leads here; undefined for the root's own node. */
  readonly label: EdgeLabel | undefined;
}

/** Shortest path of a walk to a node, or undefined when nothing reaches it. Tables that were passed through do not appear. */
export function pathTo(graph: HeapGraph, walk: Walk, node: NodeIndex): RetainingPath | undefined {
  const steps: PathStep[] = [];
  let at = node;
  while (walk.absorbed[at] === 1) at = walk.parent[at]!;
  for (;;) {
    const parent = walk.parent[at];
    if (parent === ROOT) {
      steps.push({ node: at, label: undefined });
      return { root: graph.roots[walk.rootIndex[at]], steps: steps.reverse() };
    }
    if (parent < 0) return undefined;
    steps.push({ node: at, label: walk.parentLabel[at] });
    at = parent;
  }
}

/**
 * Up to `limit` paths to one node that differ in the object which holds it: the shortest for each of its referrers.
 * Not all paths (there may be exponentially many): one for each reference that would have to be cut.
 */
export function distinctPaths(
  graph: HeapGraph,
  node: NodeIndex,
  limit: number,
  walk: Walk = breadthFirst(graph),
  reverse: ReverseEdges = reverseEdges(graph),
): readonly RetainingPath[] {
  const shortest = pathTo(graph, walk, node);
  if (shortest === undefined) return [];
  const paths: RetainingPath[] = [shortest];
  const holders = new Set<NodeIndex>([walk.parent[node], node]);
  for (const candidate of holdersOf(graph, walk, reverse, node)) {
    if (paths.length >= limit) break;
    if (holders.has(candidate.holder)) continue;
    holders.add(candidate.holder);
    const above = pathTo(graph, walk, candidate.holder);
    // A path that runs through the node itself does not keep it alive.
    if (above === undefined || above.steps.some((step) => step.node === node)) continue;
    paths.push({ root: above.root, steps: [...above.steps, { node, label: candidate.label }] });
  }
  return paths.slice(0, 1).concat(paths.slice(1).sort((a, b) => a.steps.length - b.steps.length));
}

/** Referrers as the developer sees them: a table that is passed through stands for its owner. */
function* holdersOf(
  graph: HeapGraph,
  walk: Walk,
  reverse: ReverseEdges,
  node: NodeIndex,
): Generator<{ holder: NodeIndex; label: EdgeLabel }> {
  for (let r = reverse.first[node]; r < reverse.first[node + 1]; r++) {
    let holder = reverse.source[r];
    if (walk.parent[holder] === UNREACHED) continue;
    while (walk.absorbed[holder] === 1) holder = walk.parent[holder]!;
    const seen = labelledChild(graph, holder, node);
    if (seen !== undefined) yield { holder, label: seen };
  }
}

function labelledChild(graph: HeapGraph, holder: NodeIndex, node: NodeIndex): EdgeLabel | undefined {
  let found: EdgeLabel | undefined;
  graph.language.children(graph, holder, {
    child: (target, label) => {
      if (target === node) found ??= label;
    },
    absorb: () => true,
  });
  return found;
}
