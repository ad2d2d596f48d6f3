import type { DominatorTree } from '../../graph/dominators/index.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';
import { moduleHolders } from '../../graph/module-holders.ts';
import { treemap, type TreemapCell } from '../../graph/treemap/index.ts';
import type { DominatorCell, DominatorsAnswer } from '../../report/index.ts';
import type { Heap } from './heap.ts';
import { ObjectUnknownError } from './object-unknown-error.ts';
import { select } from './selection.ts';

export interface DominatorLimits {
  readonly depth: number;
  /** Objects with less than this share of the whole are summed up. */
  readonly leastShare: number;
}

/** What keeps how much alive, from above: the whole heap without the loader that all modules are behind, or one object. */
export function dominatorsAnswer(heap: Heap, asked: string | undefined, limits: DominatorLimits): DominatorsAnswer {
  const { graph, tree } = heap;
  const from = asked === undefined ? { passedThrough: passedThrough(graph, tree) } : { within: theOneObject(heap, asked) };
  const map = treemap(graph, tree, { ...limits, ...from });
  return { asked: asked ?? null, root: cellView(heap, map.root), ...limits, cutByDepth: map.cutByDepth };
}

/** A global object holds modules too, and is the program's as they are. */
function passedThrough(graph: HeapGraph, tree: DominatorTree): ReadonlySet<number> {
  const { loaders, between } = moduleHolders(graph, tree);
  const found = new Set([...loaders, ...between]);
  for (const { kind, node } of graph.roots) if (kind === 'global') found.delete(tree.number[node]);
  return found;
}

/** Depth is limited by who asks, so this recursion is too. */
function cellView(heap: Heap, cell: TreemapCell): DominatorCell {
  const { objects, bytes, types } = cell.rest;
  const isRoot = cell.node === undefined || cell.node === heap.tree.rootNode;
  return {
    object: isRoot ? null : heap.view(cell.node),
    where: isRoot ? null : heap.where(cell.node),
    retainedBytes: cell.retainedBytes,
    selfBytes: cell.selfBytes,
    children: cell.children.map((child) => cellView(heap, child)),
    rest: { objects, bytes, types: types.map(({ type, ...rest }) => ({ type: heap.graph.types[type].displayName, ...rest })) },
  };
}

function theOneObject(heap: Heap, asked: string): number {
  const { nodes, byType } = select(heap.graph, asked);
  const [node] = nodes;
  if (node === undefined || (byType && nodes.length > 1))
    throw new ObjectUnknownError(
      asked,
      `there are ${nodes.length} of that type; name one of them by its handle ("heaptrail path FILE ${asked}" shows some)`,
    );
  return node;
}
