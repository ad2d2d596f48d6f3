import type { DominatorTree } from '../../graph/dominators/index.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';

/** Share of its parent's retained bytes that a child has to keep for the walk to an accumulation point to go on (Eclipse MAT). */
const KEEP = 0.7;
/** Objects of one type (or of two in turn) that hold each other and are called a chain. */
const CHAIN = 16;

/** Down the dominator tree while one child keeps nearly everything. Where that is a long chain of one type or two in turn, up again to its head. */
export function pileUp(
  graph: HeapGraph,
  { retained, node }: DominatorTree,
  number: number,
  largestChild: Uint32Array,
): { readonly at: number; readonly chainedObjects: number } {
  const typeAt = (at: number): number => graph.typeOf[node[at]];
  let above = 0;
  let at = number;
  let head = at;
  let chained = 1;
  for (let next = largestChild[at]; next !== 0 && retained[next] >= KEEP * retained[at]; next = largestChild[at]) {
    const goesOn = typeAt(next) === typeAt(at) || (above !== 0 && typeAt(next) === typeAt(above));
    chained = goesOn ? chained + 1 : 1;
    if (!goesOn) head = next;
    above = at;
    at = next;
  }
  const isChain = chained >= CHAIN;
  return { at: isChain ? head : at, chainedObjects: isChain ? chained : 0 };
}
