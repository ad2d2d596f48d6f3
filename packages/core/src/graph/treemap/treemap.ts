import { NO_NODE, type DominatorTree } from '../dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../heap-graph.ts';
import { ownBytes, ownObjectsFrom } from '../own-objects.ts';

/** One object with everything that it alone keeps alive. `retainedBytes` is `selfBytes`, those of the children, and `rest.bytes`: exactly. */
export interface TreemapCell {
  /** Undefined for a root that is no node. */
  readonly node: NodeIndex | undefined;
  readonly retainedBytes: number;
  readonly selfBytes: number;
  /** Largest first. */
  readonly children: readonly TreemapCell[];
  readonly rest: TreemapRest;
}

/** What a cell immediately dominates and does not show. */
export interface TreemapRest {
  readonly objects: number;
  /** Retained by those objects. */
  readonly bytes: number;
  /** The largest types among them. */
  readonly types: readonly TreemapRestType[];
}

export interface TreemapRestType {
  readonly type: number;
  readonly objects: number;
  readonly bytes: number;
}

export interface TreemapLimits {
  /** Levels below the outermost cell. */
  readonly depth: number;
  /** An object with less than this share of the outermost cell gets no cell. Above 0. */
  readonly leastShare: number;
  /** The outermost cell; undefined for the whole heap. */
  readonly within?: NodeIndex;
  /**
   * Numbers of the dominator tree, not the outermost one's, that get no cell: what they dominate is shown in the cell around
   * them, as if they did not, and they are in its rest.
   */
  readonly passedThrough?: ReadonlySet<number>;
}

export interface Treemap {
  readonly root: TreemapCell;
  /** At most `depth / leastShare`, and one. */
  readonly cells: number;
  /** Objects large enough that have no cell because of the depth. */
  readonly cutByDepth: number;
}

const REST_TYPES = 3;

/**
 * The dominator tree from above, cut where it gets small or deep, for a treemap. A dominator is never smaller than what it
 * dominates, so all cells are found in one pass over the numbers: O(nodes), without the tree's lists. An outermost object
 * that nothing holds is a cell of 0 bytes. heaptrail's own objects appear nowhere.
 */
export function treemap(graph: HeapGraph, tree: DominatorTree, limits: TreemapLimits): Treemap {
  if (!(limits.leastShare > 0)) throw new RangeError(`leastShare should be above 0, found ${limits.leastShare}`);
  const outermost = limits.within === undefined ? 1 : tree.number[limits.within];
  if (outermost === 0)
    return { root: { node: limits.within, retainedBytes: 0, selfBytes: 0, children: [], rest: NO_REST }, cells: 1, cutByDepth: 0 };
  const { node, dominator, retained } = tree;
  // Never 0: objects without bytes get no cells.
  const least = Math.max(Number.MIN_VALUE, retained[outermost] * limits.leastShare);
  const root = new OpenCell(outermost, 0);
  const cellByNumber = new Map([[outermost, root]]);
  let cutByDepth = 0;
  const passedThrough = limits.passedThrough ?? new Set();
  const end = ownObjectsFrom(graph, tree);
  for (let i = outermost + 1; i < end; i++) {
    if (retained[dominator[i]] < least) continue;
    const above = cellByNumber.get(dominator[i]);
    if (above === undefined) continue;
    const isLarge = retained[i] >= least;
    if (isLarge && passedThrough.has(i)) {
      above.leave(graph.typeOf[node[i]], graph.shallowBytes[node[i]]);
      cellByNumber.set(i, above);
    } else if (isLarge && above.depth < limits.depth) {
      const cell = new OpenCell(i, above.depth + 1);
      above.children.push(cell);
      cellByNumber.set(i, cell);
    } else {
      if (isLarge) cutByDepth++;
      above.leave(graph.typeOf[node[i]], retained[i]);
    }
  }
  const cells = [...new Set(cellByNumber.values())];
  return { root: closed(graph, tree, root, cells), cells: cells.length, cutByDepth };
}

const NO_REST: TreemapRest = { objects: 0, bytes: 0, types: [] };

class OpenCell {
  readonly number: number;
  readonly depth: number;
  readonly children: OpenCell[] = [];
  readonly restByType = new Map<number, { type: number; objects: number; bytes: number }>();

  constructor(number: number, depth: number) {
    this.number = number;
    this.depth = depth;
  }

  leave(type: number, bytes: number): void {
    const seen = this.restByType.get(type);
    if (seen === undefined) this.restByType.set(type, { type, objects: 1, bytes });
    else {
      seen.objects++;
      seen.bytes += bytes;
    }
  }
}

/** Finishes the cells from the last to the first: children have higher numbers than what dominates them. */
function closed(graph: HeapGraph, tree: DominatorTree, root: OpenCell, cells: readonly OpenCell[]): TreemapCell {
  const finished = new Map<OpenCell, TreemapCell>();
  for (const cell of cells.toReversed()) {
    const node = tree.node[cell.number];
    finished.set(cell, {
      node: node === NO_NODE ? undefined : node,
      retainedBytes: tree.retained[cell.number] - (cell.number === 1 ? ownBytes(graph, tree) : 0),
      selfBytes: node === NO_NODE ? 0 : graph.shallowBytes[node],
      children: cell.children
        .sort((a, b) => tree.retained[b.number] - tree.retained[a.number] || a.number - b.number)
        .map((child) => finished.get(child)!),
      rest: restOf(cell),
    });
  }
  return finished.get(root)!;
}

function restOf({ restByType }: OpenCell): TreemapRest {
  const types = [...restByType.values()].sort((a, b) => b.bytes - a.bytes || a.type - b.type);
  let objects = 0;
  let bytes = 0;
  for (const type of types) {
    objects += type.objects;
    bytes += type.bytes;
  }
  return { objects, bytes, types: types.slice(0, REST_TYPES) };
}
