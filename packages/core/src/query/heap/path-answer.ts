import type { NodeIndex } from '../../graph/heap-graph.ts';
import { distinctPaths, pathTo, type RetainingPath } from '../../graph/shortest-paths.ts';
import type { HeapPath, HeldGroup, PathAnswer } from '../../report/index.ts';
import { pathNames, pathSteps } from '../paths/path-steps.ts';
import type { Heap } from './heap.ts';
import { outermost } from './outermost.ts';
import { select } from './selection.ts';

/** Objects of a type whose paths are walked; the largest first, so that what is left out is small. */
const LOOKED_AT = 20_000;

export interface PathLimits {
  readonly groups: number;
  readonly otherPaths: number;
}

/** Why the objects that are meant by `asked` are alive: grouped by the way in which they are held, the heaviest group first. */
export function pathAnswer(heap: Heap, asked: string, limits: PathLimits): PathAnswer {
  const { graph, tree } = heap;
  const { nodes, byType } = select(graph, asked);
  const held = nodes.filter((node) => tree.isReached(node)).sort((a, b) => tree.retainedBytes(b) - tree.retainedBytes(a) || a - b);
  const groups = groupByPath(heap, held.slice(0, LOOKED_AT));
  const [main] = groups;
  const others =
    main === undefined || byType ? [] : distinctPaths(graph, main.nodes[0], limits.otherPaths + 1, heap.walk, heap.reverse).slice(1);
  const site = main === undefined ? -1 : graph.sites.siteOf(main.nodes[0]);
  return {
    asked,
    objects: nodes.length,
    unheld: nodes.length - held.length,
    lookedAt: Math.min(held.length, LOOKED_AT),
    groups: groups.slice(0, limits.groups).map((group) => groupView(heap, group)),
    moreGroups: Math.max(0, groups.length - limits.groups),
    otherPaths: others.map((path) => pathView(heap, path)),
    allocated: site < 0 ? [] : graph.sites.frames(site),
  };
}

interface Group {
  readonly path: RetainingPath;
  readonly nodes: NodeIndex[];
  retainedBytes: number;
}

function groupByPath(heap: Heap, nodes: readonly NodeIndex[]): Group[] {
  const { graph, tree, walk } = heap;
  const groups = new Map<string, Group>();
  const groupOf = new Map<NodeIndex, Group>();
  for (const node of nodes) {
    const path = pathTo(graph, walk, node);
    if (path === undefined) continue;
    const signature = pathNames(graph, path).join('\n');
    let group = groups.get(signature);
    if (group === undefined) groups.set(signature, (group = { path, nodes: [], retainedBytes: 0 }));
    group.nodes.push(node);
    groupOf.set(node, group);
  }
  for (const node of outermost(tree, nodes)) {
    const group = groupOf.get(node);
    if (group !== undefined) group.retainedBytes += tree.retainedBytes(node);
  }
  return [...groups.values()].sort(
    (a, b) => b.retainedBytes - a.retainedBytes || b.nodes.length - a.nodes.length || a.nodes[0] - b.nodes[0],
  );
}

function groupView(heap: Heap, { nodes, path, retainedBytes }: Group): HeldGroup {
  const shallowBytes = nodes.reduce((sum, node) => sum + heap.graph.shallowBytes[node], 0);
  return { objects: nodes.length, shallowBytes, retainedBytes, example: heap.view(nodes[0]), path: pathView(heap, path) };
}

/** A path with its objects at hand. */
export function pathView(heap: Heap, path: RetainingPath): HeapPath {
  return pathSteps(heap.graph, path).map((step, i) => ({ ...step, object: heap.view(path.steps[i].node) }));
}
