import type { HeapGraph, NodeIndex, SiteFrame } from '../../graph/heap-graph.ts';
import { distinctPaths, pathTo } from '../../graph/shortest-paths.ts';
import type { HeldGroup, PathAnswer } from '../../report/index.ts';
import { joinedWays } from '../paths/joined-ways.ts';
import { PathKeys } from '../paths/path-keys.ts';
import type { Heap } from './heap.ts';
import { ObjectUnknownError } from './object-unknown-error.ts';
import { outermost } from './outermost.ts';
import { pathView } from './path-view.ts';
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
  if (!byType && nodes[0] === tree.rootNode) throw new ObjectUnknownError(asked, 'it is the root itself, where all paths begin');
  const held = nodes.filter((node) => tree.isReached(node)).sort((a, b) => tree.retainedBytes(b) - tree.retainedBytes(a) || a - b);
  const groups = groupByPath(heap, held.slice(0, LOOKED_AT));
  const [main] = groups;
  const others =
    main === undefined || byType ? [] : distinctPaths(graph, main.example, limits.otherPaths + 1, heap.walk, heap.reverse).slice(1);
  return {
    asked,
    objects: nodes.length,
    unheld: nodes.length - held.length,
    lookedAt: Math.min(held.length, LOOKED_AT),
    groups: groups.slice(0, limits.groups).map((group) => groupView(heap, group)),
    moreGroups: Math.max(0, groups.length - limits.groups),
    otherPaths: others.map((path) => pathView(heap, path)),
    allocated: main === undefined ? [] : allocated(graph, main.example),
  };
}

interface Group {
  /** The largest first. */
  readonly nodes: NodeIndex[];
  example: NodeIndex;
  /** True when the example's own path is that of the group, with its repetition, and not a shorter one that was joined to it. */
  isExampleFolded: boolean;
  retainedBytes: number;
}

function groupByPath(heap: Heap, nodes: readonly NodeIndex[]): Group[] {
  const { graph, tree, walk } = heap;
  const keys = new PathKeys(graph, walk);
  const ways = nodes.map((node) => keys.wayOf(node));
  const joined = joinedWays(keys, ways);
  const groups = new Map<number, Group>();
  const groupOf = new Map<NodeIndex, Group>();
  for (const [i, node] of nodes.entries()) {
    const way = ways[i];
    if (way === undefined) continue;
    const key = joined(way);
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { nodes: [], example: node, isExampleFolded: key === way, retainedBytes: 0 }));
    group.nodes.push(node);
    groupOf.set(node, group);
    if (!group.isExampleFolded && key === way && tree.retainedBytes(node) === tree.retainedBytes(group.example)) {
      group.example = node;
      group.isExampleFolded = true;
    }
  }
  for (const node of outermost(tree, nodes)) {
    const group = groupOf.get(node);
    if (group !== undefined) group.retainedBytes += tree.retainedBytes(node);
  }
  return [...groups.values()].sort(
    (a, b) => b.retainedBytes - a.retainedBytes || b.nodes.length - a.nodes.length || a.nodes[0] - b.nodes[0],
  );
}

function groupView(heap: Heap, { nodes, example, retainedBytes }: Group): HeldGroup {
  const shallowBytes = nodes.reduce((sum, node) => sum + heap.graph.shallowBytes[node], 0);
  const path = pathTo(heap.graph, heap.walk, example)!;
  return {
    objects: nodes.length,
    shallowBytes,
    retainedBytes,
    example: heap.view(example),
    path: pathView(heap, path),
    allocated: allocated(heap.graph, example),
  };
}

function allocated({ sites }: HeapGraph, node: NodeIndex): readonly SiteFrame[] {
  const site = sites.siteOf(node);
  return site < 0 ? [] : sites.frames(site);
}
