import type { HeapGraph, NodeIndex } from '../heap-graph.ts';
import { noProgress, type Progress } from '../progress.ts';
import { Scratch } from '../scratch.ts';
import { depthFirst, NO_NODE } from './depth-first.ts';
import { dominatedLists, type DominatedLists } from './dominated-lists.ts';
import { retainedSizes } from './retained-sizes.ts';
import { semiNca } from './semi-nca.ts';

/** Dominator of what the root alone dominates where the root is no node, and of what nothing holds. */
export const NO_DOMINATOR = -1;

/**
 * Who alone keeps whom alive: the immediate dominator of an object is the nearest one through which every path from the
 * root leads, and the retained size what would be freed with it. Columns by number (depth-first, 1 for the root; a
 * dominator's number is lower than that of what it dominates, so one pass down or up needs no stack).
 */
export class DominatorTree {
  /** Number of each node, 0 for what nothing holds. */
  readonly number: Uint32Array;
  /** Node of each number; NO_NODE at 1 where the root is no node. */
  readonly node: Uint32Array;
  /** Number of the immediate dominator of each number; the root's is its own. */
  readonly dominator: Uint32Array;
  /** Bytes by number; doubles only where the heap has 4 GiB or more. */
  readonly retained: Uint32Array | Float64Array;
  /** Highest number in use. */
  readonly count: number;
  #lists: DominatedLists | undefined;
  readonly #scratch: Scratch | undefined;

  constructor(columns: Pick<DominatorTree, 'number' | 'node' | 'dominator' | 'retained' | 'count'>, scratch?: Scratch) {
    this.number = columns.number;
    this.node = columns.node;
    this.dominator = columns.dominator;
    this.retained = columns.retained;
    this.count = columns.count;
    this.#scratch = scratch;
  }

  get rootNode(): NodeIndex | undefined {
    return this.node[1] === NO_NODE ? undefined : this.node[1];
  }

  /** What is held at all, in bytes. */
  get totalBytes(): number {
    return this.retained[1];
  }

  /** How many objects are held, the root's own node included. */
  get reachedCount(): number {
    return this.node[1] === NO_NODE ? this.count - 1 : this.count;
  }

  isReached(node: NodeIndex): boolean {
    return this.number[node] !== 0;
  }

  /** A node, or NO_DOMINATOR. */
  dominatorOf(node: NodeIndex): number {
    const number = this.number[node];
    if (number === 0) return NO_DOMINATOR;
    const dominator = this.node[this.dominator[number]];
    return dominator === NO_NODE || number === 1 ? NO_DOMINATOR : dominator;
  }

  /** 0 for what nothing holds. */
  retainedBytes(node: NodeIndex): number {
    const number = this.number[node];
    return number === 0 ? 0 : this.retained[number];
  }

  /** True when `node` is `dominator` or lives only through it. Climbs: O(depth). */
  dominates(dominator: NodeIndex, node: NodeIndex): boolean {
    const wanted = this.number[dominator];
    let at = this.number[node];
    if (wanted === 0 || at === 0) return false;
    while (at > wanted) at = this.dominator[at];
    return at === wanted;
  }

  /** What a node immediately dominates, largest retained size first; undefined asks for what the root dominates. */
  children(node: NodeIndex | undefined): Uint32Array {
    const number = node === undefined ? 1 : this.number[node];
    if (number === 0) return new Uint32Array();
    const { first, next } = this.dominated;
    let length = 0;
    for (let child = first[number]; child !== 0; child = next[child]) length++;
    const numbers = new Uint32Array(length);
    for (let child = first[number], i = 0; child !== 0; child = next[child]) numbers[i++] = child;
    numbers.sort((a, b) => this.retained[b] - this.retained[a] || a - b);
    return numbers.map((each) => this.node[each]);
  }

  /** For walks down the whole tree, by number; 8 bytes a node from the first time on. */
  get dominated(): DominatedLists {
    return (this.#lists ??= dominatedLists(this, this.#scratch));
  }
}

/**
 * Dominators and retained sizes of a heap. Near-linear in practice; about 24 bytes a node and 12 a late reference at its
 * peak, 20 a node afterwards. What else it used goes to `scratch`, and to nobody where there is none.
 */
export function dominators(graph: HeapGraph, progress: Progress = noProgress, scratch?: Scratch): DominatorTree {
  const memory = scratch ?? new Scratch();
  const walked = depthFirst(graph, progress);
  progress({ step: 'dominators', done: 0, total: walked.count });
  const dominator = semiNca(walked, memory);
  progress({ step: 'retained sizes', done: 0, total: walked.count });
  const retained = retainedSizes(graph, walked, dominator, memory);
  const { number, node, count } = walked;
  return new DominatorTree({ number, node, dominator, retained, count }, scratch);
}
