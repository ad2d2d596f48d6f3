import type { HeapGraph } from '../../graph/heap-graph.ts';
import type { ThreadView } from '../../graph/waiting.ts';
import { groupWaiters, type WaiterGroup } from './group-waiters.ts';
import { judgeWaiters } from './judge-waiters.ts';

/** A group of the last heap, with how many there were in each. */
export interface TrackedGroup extends WaiterGroup {
  readonly counts: readonly number[];
  readonly timesMs: readonly number[];
  /** How many of its members were in the same state in the heap before; 0 where there was none. */
  readonly settled: number;
}

export interface WaiterResult {
  /** Waiters that never wake, or of which one cannot tell; the largest group first. */
  readonly groups: readonly TrackedGroup[];
  /** Threads of the last heap. */
  readonly threads: readonly ThreadView[];
  /** Why nothing was decided in one of the heaps; undefined where it was in all. */
  readonly undecidable: string | undefined;
}

/** Waiters of the heaps of one process, one heap after the other: what is kept of each is small. */
export class WaiterTracker {
  readonly #countsByKey: ReadonlyMap<string, number>[] = [];
  readonly #timesMs: number[] = [];
  /** Ids of the members of each group, in the heap before the last and in the last. */
  #before: ReadonlyMap<string, ReadonlySet<number>> = new Map();
  #ids: ReadonlyMap<string, ReadonlySet<number>> = new Map();
  #groups: readonly WaiterGroup[] = [];
  #threads: readonly ThreadView[] = [];
  #undecidable: string | undefined;

  add(graph: HeapGraph, atMs: number): void {
    const { waiters, threads, undecidable } = judgeWaiters(graph);
    this.#undecidable ??= undecidable;
    this.#groups = groupWaiters(
      graph,
      waiters.filter(({ verdict }) => verdict !== 'awake'),
    );
    this.#threads = threads;
    this.#before = this.#ids;
    this.#ids = new Map(this.#groups.map(({ key, members }) => [key, new Set(members.map(({ waiter }) => waiter.id))]));
    this.#countsByKey.push(new Map(this.#groups.map(({ key, members }) => [key, members.length])));
    this.#timesMs.push(atMs);
  }

  result(): WaiterResult {
    const groups = this.#groups.map((group): TrackedGroup => {
      const before = this.#before.get(group.key);
      return {
        ...group,
        counts: this.#countsByKey.map((counts) => counts.get(group.key) ?? 0),
        timesMs: [...this.#timesMs],
        settled: group.members.filter(({ waiter }) => before?.has(waiter.id)).length,
      };
    });
    return { groups, threads: this.#threads, undecidable: this.#undecidable };
  }
}
