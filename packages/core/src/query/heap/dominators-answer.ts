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

/** What keeps how much alive, from above: the whole heap, or one object. */
export function dominatorsAnswer(heap: Heap, asked: string | undefined, limits: DominatorLimits): DominatorsAnswer {
  const { graph, tree } = heap;
  const map = treemap(graph, tree, { ...limits, ...(asked !== undefined && { within: theOneObject(heap, asked) }) });
  return { asked: asked ?? null, root: cellView(heap, map.root), ...limits, cutByDepth: map.cutByDepth };
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
