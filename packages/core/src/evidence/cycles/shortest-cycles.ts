import { sourceOfEdge } from '../../graph/bisection.ts';
import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';

/** A cycle of references: edge i leads from node i to node i + 1, the last one back to the first node. */
export interface ReferenceCycle {
  readonly nodes: readonly NodeIndex[];
  readonly edges: readonly number[];
  /** False when the search was cut: a shorter one may be in the knot. */
  readonly isShortest: boolean;
}

/** References looked at for one knot, as a multiple of those that its members have. */
const LOOKS_PER_REFERENCE = 4;
/** Enough for all members of a small knot. Knots that need more have many references themselves, so that the sum stays linear. */
const LOOKS_AT_LEAST = 2000;

/**
 * Finds a shortest cycle of a knot, breadth-first from each member within the knot. In small knots, and in knots with a
 * cycle of two near the first members, that is exact and cheap; in others the search from all members would be quadratic,
 * so it ends after `LOOKS_PER_REFERENCE` times the references of the knot (or LOOKS_AT_LEAST) and says so. The first search is always finished:
 * it finds a cycle. 8 bytes a node, reused from knot to knot.
 */
export class ShortestCycles {
  readonly #graph: HeapGraph;
  readonly #flags: Uint8Array;
  readonly #knotOf: Uint32Array;
  /** Number of the last search that met a node. */
  readonly #metBy: Uint32Array;
  /** Edge by which it was met. */
  readonly #metThrough: Uint32Array;
  readonly #queue: Uint32Array;
  #search = 0;
  #looks = 0;

  /** `flags` are those that the knots were found with; `largestKnot` bounds the queue. */
  constructor(graph: HeapGraph, flags: Uint8Array, knotOf: Uint32Array, largestKnot: number) {
    this.#graph = graph;
    this.#flags = flags;
    this.#knotOf = knotOf;
    this.#metBy = new Uint32Array(graph.nodeCount);
    this.#metThrough = new Uint32Array(graph.nodeCount);
    this.#queue = new Uint32Array(largestKnot);
  }

  find(members: Uint32Array): ReferenceCycle {
    const { firstEdge } = this.#graph;
    this.#looks = 0;
    let references = 0;
    for (const member of members) references += firstEdge[member + 1] - firstEdge[member];
    const budget = Math.max(LOOKS_AT_LEAST, LOOKS_PER_REFERENCE * references);
    let length = Infinity;
    let edges: readonly number[] = [];
    let searched = 0;
    for (const start of members) {
      if (searched > 0 && this.#looks >= budget) break;
      searched++;
      const last = this.#backTo(start, length, searched === 1 ? Infinity : budget);
      if (last < 0) continue;
      edges = this.#edgesUpTo(start, last);
      length = edges.length;
      if (length === 1) break;
    }
    const isShortest = length === 1 || (searched === members.length && this.#looks < budget);
    return { nodes: edges.map((edge) => sourceOfEdge(this.#graph.firstEdge, edge)), edges, isShortest };
  }

  /** The edge that closes a cycle of fewer than `length` references through `start`, or -1. */
  #backTo(start: NodeIndex, length: number, budget: number): number {
    const { firstEdge, edgeTarget } = this.#graph;
    const flags = this.#flags;
    const knotOf = this.#knotOf;
    const metBy = this.#metBy;
    const metThrough = this.#metThrough;
    const queue = this.#queue;
    const { holdsNothing } = EdgeFlag;
    const knot = knotOf[start];
    const search = ++this.#search;
    metBy[start] = search;
    queue[0] = start;
    let head = 0;
    let tail = 1;
    let looks = this.#looks;
    // A cycle that is closed from this level has `depth` references.
    for (let depth = 1; head < tail && depth < length && looks < budget; depth++) {
      const levelEnd = tail;
      for (; head < levelEnd && looks < budget; head++) {
        const node = queue[head];
        for (let e = firstEdge[node], end = firstEdge[node + 1]; e < end; e++) {
          looks++;
          if (flags[e] >= holdsNothing) continue;
          const target = edgeTarget[e];
          if (target === start) {
            this.#looks = looks;
            return e;
          }
          if (knotOf[target] !== knot || metBy[target] === search) continue;
          metBy[target] = search;
          metThrough[target] = e;
          queue[tail++] = target;
        }
      }
    }
    this.#looks = looks;
    return -1;
  }

  #edgesUpTo(start: NodeIndex, last: number): readonly number[] {
    const { firstEdge } = this.#graph;
    const edges = [last];
    for (let node = sourceOfEdge(firstEdge, last); node !== start; node = sourceOfEdge(firstEdge, edges[edges.length - 1]))
      edges.push(this.#metThrough[node]);
    return edges.reverse();
  }
}
