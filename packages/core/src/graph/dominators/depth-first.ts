import { EdgeFlag } from '../edge-flags.ts';
import { GrowingUint32 } from '../growing-column.ts';
import type { HeapGraph } from '../heap-graph.ts';
import type { Progress } from '../progress.ts';

/**
 * A depth-first tree over the references that hold something. Nodes are numbered as they are entered, from 1 for the root;
 * everything but `number` is indexed by these numbers, which puts what is read together near each other.
 */
export interface DepthFirstTree {
  /** Number of each node, 0 for what nothing holds. */
  readonly number: Uint32Array;
  /** Node of each number; NO_NODE at 1 where the root is no node. */
  readonly node: Uint32Array;
  readonly parent: Uint32Array;
  /**
   * Two entries a number, side by side because they are used together: the parent once more, where compressed paths start,
   * and the least predecessor among tree and forward references, where semidominators start.
   */
  readonly path: Uint32Array;
  /**
   * Back and cross references, as they were met: for each the number that it comes from, then the one it leads to. The
   * others are in `path` already.
   */
  readonly late: Uint32Array;
  /** Of no use any more; two entries a number. */
  readonly open: Uint32Array;
  /** Highest number in use. */
  readonly count: number;
}

const { holdsNothing, weak } = EdgeFlag;
const PROGRESS_MASK = 0xfffff;

/** Numbers what the anchors hold: O(nodes + edges), iterative, 24 bytes a node and 8 a late reference. */
export function depthFirst(graph: HeapGraph, progress: Progress): DepthFirstTree {
  const walk = new DepthFirst(graph, progress);
  const { anchors } = graph;
  walk.enter(anchors.first);
  walk.endFirstTier();
  walk.enter(anchors.second);
  walk.anchor(anchors.first);
  walk.anchor(anchors.second);
  if (anchors.unreached === 'held') walk.enterTheRest();
  return walk.tree();
}

class DepthFirst {
  readonly #graph: HeapGraph;
  readonly #progress: Progress;
  readonly #number: Uint32Array;
  readonly #node: Uint32Array;
  readonly #parent: Uint32Array;
  readonly #path: Uint32Array;
  /** As long as it could get. What is not used of it takes no memory: the system gives it when it is first written to. */
  readonly #late: Uint32Array;
  #lateEnd = 0;
  /** For each open node its next reference and where its references end. Used no further than the tree is deep. */
  readonly #open: Uint32Array;
  #count = 1;
  /** The first tier of `Anchors` has the numbers 2 to this one; 0 while it is entered. */
  #tierEnd = 0;
  /**
   * One byte a node, for the few of the first tier that only a reference which holds nothing leads to; undefined where there
   * are none, which is nearly always.
   */
  #strays: Uint8Array | undefined;
  /** Targets of references that hold nothing but are no weak ones, seen in the first tier: where strays begin. */
  #strayStarts: number[] = [];

  constructor(graph: HeapGraph, progress: Progress) {
    const { nodeCount, edgeCount, anchors } = graph;
    this.#graph = graph;
    this.#progress = progress;
    const length = nodeCount + 2; // one for number 0, one for a root that is no node
    this.#number = new Uint32Array(nodeCount);
    this.#node = new Uint32Array(length);
    this.#parent = new Uint32Array(length);
    this.#path = new Uint32Array(2 * length);
    this.#late = new Uint32Array(2 * edgeCount);
    this.#open = new Uint32Array(2 * length);
    this.#node[1] = anchors.rootNode ?? NO_NODE;
    if (anchors.rootNode !== undefined) this.#number[anchors.rootNode] = 1;
  }

  /** Walks everything that each of `starts` leads to and that has no number yet; the parent of a start is the root. */
  enter(starts: Uint32Array): void {
    const { firstEdge, edgeTarget, edgeFlags, nodeCount } = this.#graph;
    const number = this.#number;
    const node = this.#node;
    const parent = this.#parent;
    const path = this.#path;
    const late = this.#late;
    const open = this.#open;
    const strays = this.#strays;
    const tierEnd = this.#tierEnd;
    const inFirstTier = tierEnd === 0;
    let lateEnd = this.#lateEnd;
    let count = this.#count;
    for (let s = 0; s < starts.length; s++) {
      const start = starts[s];
      if (number[start] !== 0) continue;
      let current = ++count;
      let depth = 0;
      number[start] = current;
      node[current] = start;
      parent[current] = 1;
      path[2 * current] = 1;
      path[2 * current + 1] = 1;
      let edge = firstEdge[start];
      let end = firstEdge[start + 1];
      let isForeign = !inFirstTier && strays?.[start] !== 1;
      for (;;) {
        let descended = false;
        while (edge < end) {
          const flags = edgeFlags[edge];
          const target = edgeTarget[edge++];
          if (flags >= holdsNothing) {
            if (inFirstTier && (flags & weak) === 0 && number[target] === 0) this.#strayStarts.push(target);
            continue;
          }
          const seen = number[target];
          if (seen === 0) {
            if (isForeign && strays?.[target] === 1) continue;
            open[depth] = edge;
            open[depth + 1] = end;
            depth += 2;
            parent[++count] = current;
            path[2 * count] = current;
            path[2 * count + 1] = current;
            current = count;
            number[target] = current;
            node[current] = target;
            edge = firstEdge[target];
            end = firstEdge[target + 1];
            isForeign = !inFirstTier && strays?.[target] !== 1;
            descended = true;
            break;
          }
          if (seen > current) {
            if (current < path[2 * seen + 1]) path[2 * seen + 1] = current;
          } else if (seen > 1 && seen < current) {
            if (isForeign && (seen <= tierEnd || strays?.[target] === 1)) continue;
            late[lateEnd] = current;
            late[lateEnd + 1] = seen;
            lateEnd += 2;
          }
        }
        if (descended) {
          if ((count & PROGRESS_MASK) === 0) this.#progress({ step: 'references', done: count, total: nodeCount });
          continue;
        }
        if (depth === 0) break;
        depth -= 2;
        edge = open[depth];
        end = open[depth + 1];
        current = parent[current];
        isForeign = !inFirstTier && strays?.[node[current]] !== 1;
      }
    }
    this.#lateEnd = lateEnd;
    this.#count = count;
  }

  endFirstTier(): void {
    this.#tierEnd = this.#count;
    const { nodeCount, firstEdge, edgeTarget, edgeFlags } = this.#graph;
    const open: number[] = [];
    const take = (node: number): void => {
      if (this.#number[node] !== 0 || this.#strays?.[node] === 1) return;
      this.#strays ??= new Uint8Array(nodeCount);
      this.#strays[node] = 1;
      open.push(node);
    };
    for (const start of this.#strayStarts) take(start);
    this.#strayStarts = [];
    for (let node = open.pop(); node !== undefined; node = open.pop())
      for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) if ((edgeFlags[e] & weak) === 0) take(edgeTarget[e]);
  }

  /** The root itself refers to each anchor. */
  anchor(nodes: Uint32Array): void {
    // By index: an iterator takes the compiler longer than the loop takes.
    for (let i = 0; i < nodes.length; i++) {
      const number = this.#number[nodes[i]];
      if (number > 1) this.#path[2 * number + 1] = 1;
    }
  }

  /** What is held by nothing that the file shows hangs under the root: first what nothing refers to, then knots, one node of each. */
  enterTheRest(): void {
    const { nodeCount, firstEdge, edgeTarget, edgeFlags } = this.#graph;
    if (this.#numbered() === nodeCount) return;
    const isReferredTo = new Uint8Array(nodeCount);
    const isFirstTier = (node: number): boolean =>
      (this.#number[node] > 1 && this.#number[node] <= this.#tierEnd) || this.#strays?.[node] === 1;
    for (let node = 0; node < nodeCount; node++) {
      if (this.#number[node] !== 0) continue;
      for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
        const target = edgeTarget[e];
        if (edgeFlags[e] >= holdsNothing || target === node || (isFirstTier(target) && !isFirstTier(node))) continue;
        isReferredTo[target] = 1;
      }
    }
    this.enter(this.#unnumbered((node) => isReferredTo[node] === 0));
    this.enter(this.#unnumbered(() => true));
  }

  #unnumbered(isWanted: (node: number) => boolean): Uint32Array {
    const found = new GrowingUint32();
    const number = this.#number;
    for (let node = 0; node < number.length; node++) if (number[node] === 0 && isWanted(node)) found.push(node);
    return found.finish();
  }

  #numbered(): number {
    return this.#graph.anchors.rootNode === undefined ? this.#count - 1 : this.#count;
  }

  tree(): DepthFirstTree {
    return {
      number: this.#number,
      node: this.#node,
      parent: this.#parent,
      path: this.#path,
      late: this.#late.subarray(0, this.#lateEnd),
      open: this.#open,
      count: this.#count,
    };
  }
}

/** Stands at number 1 where the root is no node. */
export const NO_NODE = 0xffffffff;
