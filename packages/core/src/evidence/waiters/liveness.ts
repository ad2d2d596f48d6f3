import { EdgeFlag } from '../../graph/edge-flags.ts';
import { GrowingUint32 } from '../../graph/growing-column.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { WaitingState } from '../../graph/waiting.ts';

const SHUT = 2;

/**
 * What may still be reached by something that runs: the marking of a collector that does not take waiters for roots (notes
 * A9; Go's goroutine leak profile). Who holds a task cannot act on what the task waits on: its references
 * are the waiter's own until it wakes, and that it does as soon as what it waits on is reached, or what calls it. References
 * that code may follow both ways count: a weak reference leads to its target, and who ends calls those that watch it.
 * Two bytes a node; linear in nodes and references, and in the weak references for each round.
 */
export class Liveness {
  /** 1 for what was reached, 2 for what is never entered. */
  readonly marks: Uint8Array;
  readonly awake: Uint8Array;
  readonly #graph: HeapGraph;
  readonly #state: WaitingState;
  /** Index of the waiter that a node stands for. */
  readonly #waiterAt = new Map<NodeIndex, number>();
  /** Waiter that alone follows an edge, until it wakes. */
  readonly #waiterOfEdge = new Map<number, number>();
  /** 1 for nodes some of whose edges a waiter alone follows. */
  readonly #hasOwnEdges: Uint8Array;
  readonly #queue = new GrowingUint32();
  readonly #watching: Uint8Array;

  constructor(graph: HeapGraph, state: WaitingState) {
    this.#graph = graph;
    this.#state = state;
    this.marks = new Uint8Array(graph.nodeCount);
    this.#hasOwnEdges = new Uint8Array(graph.nodeCount);
    this.awake = new Uint8Array(state.waiters.length);
    state.waiters.forEach(({ node, ownEdges }, i) => {
      if (node !== undefined) this.#waiterAt.set(node, i);
      for (const edge of ownEdges) this.#waiterOfEdge.set(edge, i);
    });
    this.#markOwners();
    for (const node of state.registries) this.marks[node] = SHUT;
    for (const { kind, node } of graph.roots) if (kind === 'agent') this.marks[node] = SHUT;
    this.#watching = watching(graph);
  }

  isReached(node: NodeIndex): boolean {
    return this.marks[node] === 1;
  }

  reach(node: NodeIndex): void {
    if (this.marks[node] !== 0) return;
    this.marks[node] = 1;
    this.#queue.push(node);
  }

  /** The waiter that a node stands for. */
  waiterAt(node: NodeIndex): number | undefined {
    return this.#waiterAt.get(node);
  }

  wake(waiter: number): void {
    if (this.awake[waiter] === 1) return;
    this.awake[waiter] = 1;
    const { node, holds, ownEdges } = this.#state.waiters[waiter];
    if (node !== undefined) this.reach(node);
    for (const held of holds) this.reach(held);
    for (const edge of ownEdges) this.reach(this.#graph.edgeTarget[edge]);
  }

  /** Until nothing more is reached and nobody more wakes. */
  settle(): void {
    do {
      this.#drain();
    } while (this.#followWeakReferences() || this.#wakeReached());
  }

  #drain(): void {
    const { firstEdge, edgeTarget, edgeFlags } = this.#graph;
    const { marks } = this;
    const queue = this.#queue;
    while (queue.length > 0) {
      const node = queue.pop();
      const hasOwnEdges = this.#hasOwnEdges[node] === 1;
      for (let e = firstEdge[node], end = firstEdge[node + 1]; e < end; e++) {
        if ((edgeFlags[e] & EdgeFlag.weak) !== 0 || (hasOwnEdges && this.#isShut(e))) continue;
        const target = edgeTarget[e];
        if (marks[target] !== 0) continue;
        marks[target] = 1;
        queue.push(target);
      }
    }
  }

  #isShut(edge: number): boolean {
    const waiter = this.#waiterOfEdge.get(edge);
    return waiter !== undefined && this.awake[waiter] === 0;
  }

  #markOwners(): void {
    const edges = Uint32Array.from(this.#waiterOfEdge.keys()).sort();
    const { nodeCount, firstEdge } = this.#graph;
    for (let node = 0, i = 0; node < nodeCount && i < edges.length; node++) {
      if (edges[i] >= firstEdge[node + 1]) continue;
      this.#hasOwnEdges[node] = 1;
      while (i < edges.length && edges[i] < firstEdge[node + 1]) i++;
    }
  }

  #followWeakReferences(): boolean {
    const { source, target } = this.#graph.weak;
    for (let i = 0; i < source.length; i++) {
      if (this.isReached(source[i])) this.reach(target[i]);
      else if (this.#watching[i] === 1 && this.isReached(target[i])) this.reach(source[i]);
    }
    return this.#queue.length > 0;
  }

  #wakeReached(): boolean {
    let woke = false;
    this.#state.waiters.forEach(({ waitsOn, waitsFor, wakers }, i) => {
      if (this.awake[i] === 1) return;
      const wakes =
        (waitsOn !== undefined && this.#canAct(waitsOn)) ||
        wakers.some((node) => this.isReached(node)) ||
        waitsFor.some((other) => this.awake[other] === 1);
      if (!wakes) return;
      this.wake(i);
      woke = true;
    });
    return woke;
  }

  /** What is waited on can act when it is reached; where it is a waiter itself, when it is awake. */
  #canAct(node: NodeIndex): boolean {
    const waiter = this.#waiterAt.get(node);
    return waiter === undefined ? this.isReached(node) : this.awake[waiter] === 1;
  }
}

/** One byte for each weak reference: whether it has something to call when its target ends. */
function watching({ weak, firstEdge, edgeFlags }: HeapGraph): Uint8Array {
  const found = new Uint8Array(weak.source.length);
  for (let i = 0; i < found.length; i++) {
    const source = weak.source[i];
    for (let e = firstEdge[source]; e < firstEdge[source + 1]; e++) if ((edgeFlags[e] & EdgeFlag.describes) === 0) found[i] = 1;
  }
  return found;
}
