import { EdgeFlag } from '../../graph/edge-flags.ts';
import { EdgeKind, labelKind } from '../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { runtimeHolders } from '../../graph/runtime-holders.ts';
import type { WaitingState } from '../../graph/waiting.ts';
import type { Liveness } from './liveness.ts';

/** Objects looked at for what one waiter's end would call. */
const MOST_LOOKED_AT = 2000;

/**
 * Who may end a task that nothing can wake: whoever holds it can cancel it, but few are about to. A timer whose callback
 * leads to it, a running function with it in a variable, and a task that runs and waits for it are: of such a task one
 * cannot tell. Lists of tasks are no reason: that is how they leak.
 */
export class Enders {
  readonly #graph: HeapGraph;
  readonly #state: WaitingState;
  readonly #live: Liveness;
  /** Where walks end: modules, their namespaces, code, classes, event loops. */
  readonly #isBarrier: Uint8Array;
  /** Waiters that timers lead to. */
  readonly #timed: ReadonlySet<number>;

  constructor(graph: HeapGraph, state: WaitingState, live: Liveness) {
    this.#graph = graph;
    this.#state = state;
    this.#live = live;
    this.#isBarrier = runtimeHolders(graph);
    for (let node = 0; node < graph.nodeCount; node++) if (graph.language.role(graph, node) === 'class') this.#isBarrier[node] = 1;
    for (const node of [...state.hubs, ...state.registries]) this.#isBarrier[node] = 1;
    this.#timed = this.#behindAlarms();
  }

  /** Why each of these waiters may be ended after all, for those that may. */
  reasons(waiters: readonly number[]): ReadonlyMap<number, string> {
    const found = new Map<number, string>();
    for (const waiter of this.#inVariables(waiters))
      found.set(waiter, 'a variable of a function that still runs holds it, and may be there to cancel it');
    for (const waiter of waiters) {
      if (this.#timed.has(waiter)) found.set(waiter, 'a timer leads to it, and may cancel it');
      else if (!found.has(waiter) && this.#isAwaited(waiter)) found.set(waiter, 'a task that still runs waits for it, and may give up');
    }
    return found;
  }

  /**
   * What the objects that timers call have as attributes, and so on. Entries of containers are not followed, but for
   * arguments: those of a callable, and what cannot be added to.
   */
  #behindAlarms(): ReadonlySet<number> {
    const graph = this.#graph;
    const { language } = graph;
    const found = new Set<number>();
    const seen = new Set<NodeIndex>();
    const queue: { readonly node: NodeIndex; readonly withEntries: boolean }[] = [];
    const meet = (node: NodeIndex, isArgument: boolean): void => {
      if (seen.has(node)) return;
      seen.add(node);
      const waiter = this.#live.waiterAt(node);
      if (waiter !== undefined) found.add(waiter);
      else if (this.#isBarrier[node] === 0) queue.push({ node, withEntries: isArgument || language.role(graph, node) === 'constant' });
    };
    for (const alarm of this.#state.alarms) meet(alarm, true);
    for (let head = 0; head < queue.length; head++) {
      const { node, withEntries } = queue[head];
      const isCallable = language.role(graph, node) === 'callable';
      language.children(graph, node, {
        child(target, label) {
          const kind = labelKind(label);
          const isEntry = kind === EdgeKind.key || kind === EdgeKind.index;
          if ((isEntry && !withEntries) || kind === EdgeKind.type || language.isNamespace(graph, label)) return;
          meet(target, isCallable);
        },
        absorb: () => true,
      });
    }
    return found;
  }

  /** Those that a variable of something reached refers to by itself. One pass over all references. */
  #inVariables(waiters: readonly number[]): ReadonlySet<number> {
    const { nodeCount, firstEdge, edgeTarget, edgeLabels } = this.#graph;
    const found = new Set<number>();
    const waiterAt = new Map(
      waiters.flatMap((waiter) =>
        this.#state.waiters[waiter].node === undefined ? [] : [[this.#state.waiters[waiter].node, waiter] as const],
      ),
    );
    const isWanted = new Uint8Array(nodeCount);
    for (const node of waiterAt.keys()) if (node !== undefined) isWanted[node] = 1;
    for (let node = 0; node < nodeCount; node++) {
      if (!this.#live.isReached(node)) continue;
      const own = this.#live.waiterAt(node);
      if (own !== undefined && this.#live.awake[own] === 0) continue;
      for (let e = firstEdge[node], end = firstEdge[node + 1]; e < end; e++) {
        if (isWanted[edgeTarget[e]] === 0) continue;
        const kind = labelKind(edgeLabels.at(e));
        if (kind === EdgeKind.local || kind === EdgeKind.cell) found.add(waiterAt.get(edgeTarget[e])!);
      }
    }
    return found;
  }

  /** Does what its end calls lead to what a task waits on that is awake? */
  #isAwaited(waiter: number): boolean {
    const awaited = this.#awaited();
    const { node, notifies } = this.#state.waiters[waiter];
    if (node !== undefined && awaited.has(node)) return true;
    const { firstEdge, edgeTarget, edgeFlags } = this.#graph;
    const seen = new Set<NodeIndex>(notifies);
    for (const at of seen) {
      if (awaited.has(at)) return true;
      if (seen.size > MOST_LOOKED_AT || this.#isBarrier[at] === 1 || this.#live.waiterAt(at) !== undefined) continue;
      for (let e = firstEdge[at], end = firstEdge[at + 1]; e < end; e++)
        if ((edgeFlags[e] & (EdgeFlag.weak | EdgeFlag.describes)) === 0) seen.add(edgeTarget[e]);
    }
    return false;
  }

  #awaited(): ReadonlySet<NodeIndex> {
    return new Set(this.#state.waiters.flatMap(({ waitsOn }, i) => (waitsOn === undefined || this.#live.awake[i] === 0 ? [] : [waitsOn])));
  }
}
