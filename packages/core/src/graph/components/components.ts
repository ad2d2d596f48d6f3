import { EdgeFlag } from '../edge-flags.ts';
import type { HeapGraph } from '../heap-graph.ts';
import { noProgress, type Progress } from '../progress.ts';

/** What the search needs of a graph. */
export type ComponentsGraph = Pick<HeapGraph, 'nodeCount' | 'firstEdge' | 'edgeTarget' | 'edgeFlags'>;

/**
 * Strongly connected components. Those with a cycle (more than one node, or a node that refers to itself) are called knots
 * and come first in the numbering: what refers to a knot has a higher number among the knots, and so do those that are no
 * knots among themselves.
 */
export interface Components {
  /** One per node: below `knotCount` for members of a knot. */
  readonly componentOf: Uint32Array;
  readonly count: number;
  readonly knotCount: number;
  /** Nodes of each knot. */
  readonly knotSize: Uint32Array;
}

const PROGRESS_MASK = 0xfffff;
/** Numbers of finished components, until the end: above all positions of open nodes, and each kind on a side of its own. */
const FIRST_ALONE = 2 ** 30;
const LAST_KNOT = 2 ** 31 - 1;

const NOT_ROOT = 1;
const REFERS_TO_ITSELF = 2;

/**
 * Pearce's algorithm (A Space-Efficient Algorithm for Finding Strongly Connected Components, 2016, PEA_FIND_SCC3), iterative.
 * References whose flags have `holdsNothing` do not count; `edgeFlags` other than the graph's own leave out more of them
 * (`programReferences`). O(nodes + edges), 13 bytes a node while it runs, up to 2^29 nodes.
 */
export function components(graph: ComponentsGraph, edgeFlags: Uint8Array = graph.edgeFlags, progress: Progress = noProgress): Components {
  const { nodeCount, firstEdge, edgeTarget } = graph;
  const { holdsNothing } = EdgeFlag;
  if (nodeCount >= FIRST_ALONE / 2) throw new RangeError(`nodeCount should be below ${FIRST_ALONE / 2}, found ${nodeCount}`);
  /** 0: not seen; then the position of the first node known to lie in the same component; then the component. */
  const low = new Uint32Array(nodeCount);
  const cursor = new Uint32Array(nodeCount);
  const marks = new Uint8Array(nodeCount);
  /** Two stacks that never overlap: open nodes from the left, finished nodes of open components from the right. */
  const stack = new Uint32Array(nodeCount);
  let depth = 0;
  let waiting = nodeCount;
  let position = 1;
  let opened = 0;
  let alone = 0;
  const knotSizes: number[] = [];

  for (let start = 0; start < nodeCount; start++) {
    if (low[start] !== 0) continue;
    low[start] = position++;
    cursor[start] = firstEdge[start];
    stack[depth++] = start;
    while (depth > 0) {
      const node = stack[depth - 1];
      const end = firstEdge[node + 1];
      let edge = cursor[node];
      let least = low[node];
      let descended = false;
      // After a descent this starts again at the edge that led down: its target is known by then.
      for (; edge < end; edge++) {
        if (edgeFlags[edge] >= holdsNothing) continue;
        const target = edgeTarget[edge];
        const seen = low[target];
        if (seen === 0) {
          low[target] = position++;
          cursor[target] = firstEdge[target];
          stack[depth++] = target;
          descended = true;
          break;
        }
        if (seen < least) {
          least = seen;
          marks[node] |= NOT_ROOT;
        } else if (target === node) marks[node] |= REFERS_TO_ITSELF;
      }
      low[node] = least;
      cursor[node] = edge;
      if (descended) {
        if ((++opened & PROGRESS_MASK) === 0) progress({ step: 'components', done: opened, total: nodeCount });
        continue;
      }
      depth--;
      if ((marks[node] & NOT_ROOT) !== 0) {
        stack[--waiting] = node;
        continue;
      }
      const hasOthers = waiting < nodeCount && low[stack[waiting]] >= least;
      const isKnot = hasOthers || (marks[node] & REFERS_TO_ITSELF) !== 0;
      const component = isKnot ? LAST_KNOT - knotSizes.length : FIRST_ALONE + alone++;
      let size = 1;
      while (waiting < nodeCount && low[stack[waiting]] >= least) {
        low[stack[waiting++]] = component;
        size++;
      }
      low[node] = component;
      position -= size;
      if (isKnot) knotSizes.push(size);
    }
  }

  const knotCount = knotSizes.length;
  const lastAlone = FIRST_ALONE + alone;
  for (let node = 0; node < nodeCount; node++)
    low[node] = low[node] < lastAlone ? knotCount + (low[node] - FIRST_ALONE) : LAST_KNOT - low[node];
  return { componentOf: low, count: knotCount + alone, knotCount, knotSize: Uint32Array.from(knotSizes) };
}
