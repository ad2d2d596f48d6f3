import type { HeapGraph } from '../../graph/heap-graph.ts';
import type { ThreadView, UnjudgedWaiters } from '../../graph/waiting.ts';
import { clusterKeys } from './clusters.ts';
import { groupWaiters, type WaiterGroup } from './group-waiters.ts';
import { judgeWaiters } from './judge-waiters.ts';

/** A group of the last heap, with how many there were in each. */
export interface TrackedGroup extends WaiterGroup {
  readonly counts: readonly number[];
  readonly timesMs: readonly number[];
  /** How many of its members were in the same state in the heap before; 0 where there was none. */
  readonly settled: number;
  /** Key of the group to speak of when several are one leak: of who waits for them, and of who they wait for. */
  readonly cluster: string;
}

export interface WaiterResult {
  /** Waiters that never wake, or of which one cannot tell; the largest group first. */
  readonly groups: readonly TrackedGroup[];
  /** Threads of the last heap. */
  readonly threads: readonly ThreadView[];
  /** What waits in the last heap too, and was not judged. */
  readonly unjudged: readonly UnjudgedWaiters[];
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
  #clusters: ReadonlyMap<string, string> = new Map();
  #threads: readonly ThreadView[] = [];
  #unjudged: readonly UnjudgedWaiters[] = [];
  #undecidable: string | undefined;

  add(graph: HeapGraph, atMs: number): void {
    const judgement = judgeWaiters(graph);
    const { waiters, threads, unjudged, undecidable } = judgement;
    this.#undecidable ??= undecidable;
    this.#groups = groupWaiters(
      graph,
      waiters.filter(({ verdict }) => verdict !== 'awake'),
    );
    this.#clusters = clusterKeys(graph, judgement, this.#groups);
    this.#threads = threads;
    this.#unjudged = unjudged;
    this.#before = this.#ids;
    this.#ids = new Map(this.#groups.map(({ key, members }) => [key, new Set(members.map(({ waiter }) => waiter.id))]));
    this.#countsByKey.push(new Map(this.#groups.map(({ key, members }) => [key, members.length])));
    this.#timesMs.push(atMs);
  }

  result(): WaiterResult {
    const groups = this.#groups.map((group): TrackedGroup => {
      const before = this.#before.get(group.key);
      const cluster = this.#clusters.get(group.key) ?? group.key;
      return {
        ...group,
        cluster,
        // Who waits for those whose wait was never meant to end in this way does not either.
        isParked: group.isParked && this.#groups.every((other) => this.#clusters.get(other.key) !== cluster || other.isParked),
        counts: this.#countsByKey.map((counts) => counts.get(group.key) ?? 0),
        timesMs: [...this.#timesMs],
        settled: group.members.filter(({ waiter }) => before?.has(waiter.id)).length,
      };
    });
    return { groups, threads: this.#threads, unjudged: this.#unjudged, undecidable: this.#undecidable };
  }
}
