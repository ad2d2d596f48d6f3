import type { NodeIndex, SiteFrame } from './heap-graph.ts';

/** What waits in a heap, as far as its runtime shows it, and what the runtime itself holds that says nothing of who wakes it. */
export interface WaitingState {
  readonly waiters: readonly Waiter[];
  /** All threads that an object stands for, waiting or not. */
  readonly threads: readonly ThreadView[];
  /** Tables in which the runtime lists its own tasks and threads. Being in one of them wakes nobody. */
  readonly registries: readonly NodeIndex[];
  /** What the runtime will call at a set time, with its arguments: it may end a waiter whatever that waits for. */
  readonly alarms: readonly NodeIndex[];
  /** Event loops and the like: they lead to everything that was ever scheduled. */
  readonly hubs: readonly NodeIndex[];
  /** Objects that native code may come back to without a reference that anybody counts. */
  readonly unaccounted: readonly UnaccountedObject[];
  /** What waits too, and is none of `waiters`, because who wakes it is not known. */
  readonly unjudged: readonly UnjudgedWaiters[];
  /** References to a node that stand in no edge, for those in `Waiter.holds`. */
  readonly outside: ReadonlyMap<NodeIndex, number>;
  /** Why nothing can be decided in this heap; undefined where it can. */
  readonly undecidable: string | undefined;
}

/** A task or thread that does nothing until something else wakes it. Whatever runs, or waits for a time or for input, is none. */
export interface Waiter {
  readonly kind: 'task' | 'thread';
  /** Tells it from others in every heap of one process: an address or a thread's number. */
  readonly id: number;
  /** The object that stands for it, where there is one. */
  readonly node: NodeIndex | undefined;
  /**
   * References (edges of the graph) that nobody but the waiter itself follows: of a task all that it has, of a thread what it
   * was started with. Who holds the object gets no further along them until the waiter wakes.
   */
  readonly ownEdges: readonly number[];
  /** What it waits on. Who reaches it may wake the waiter. */
  readonly waitsOn: NodeIndex | undefined;
  /** What runs or ends it when it is called. */
  readonly wakers: readonly NodeIndex[];
  /** Indices of the waiters whose end it waits for. */
  readonly waitsFor: readonly number[];
  /** References that it holds and no edge shows, one entry for each. They count as held when the waiter does. */
  readonly holds: readonly NodeIndex[];
  /** Indices in `HeapGraph.roots` that are its own variables. */
  readonly ownRoots: readonly number[];
  /** What is called when it ends: somebody may be waiting for that. */
  readonly notifies: readonly NodeIndex[];
  /** Objects that only pass the wait on: the coroutines between the task and what it waits on. */
  readonly chain: readonly NodeIndex[];
  /** What the variables of the program's own functions in the wait refer to. */
  readonly variables: readonly NodeIndex[];
  /** Where it waits, innermost first. */
  readonly stack: readonly SiteFrame[];
  /** What it waits in or on, as its language writes it: `asyncio.Future`, `lock.acquire`. */
  readonly waitText: string;
}

export interface ThreadView {
  readonly node: NodeIndex;
  /** What it does, innermost first. */
  readonly stack: readonly SiteFrame[];
  /** The object that stands for the pool whose worker it is. */
  readonly pool: NodeIndex | undefined;
}

export interface UnjudgedWaiters {
  readonly count: number;
  /** As a reader is told of one, and of several: `greenlet`, `greenlets`. */
  readonly one: string;
  readonly several: string;
}

export interface UnaccountedObject {
  readonly node: NodeIndex;
  /** As its language writes it. */
  readonly typeName: string;
}
