import { type Checkout } from './checkout.ts';
import { LinkedList } from './linked-list.ts';

/** A checkout is held strongly for so long before the pool lets go of its lease: most end sooner, and never cost a weak reference. */
const YOUNG_MS = 1_000;

export interface CustodyTimes {
  readonly leakTimeoutMs: number;
  readonly reclaimAfterMs: number;
}

export interface CustodyReports<R> {
  leaked(checkout: Checkout<R>): void;
  overdue(checkout: Checkout<R>): void;
  collected(checkout: Checkout<R>): void;
}

/**
 * The checkouts that are out, by age: young, watched, reported. Each list is in the order of time, so that only its first
 * element needs a look. Leaving costs constant time; the registry sees only what outlived its first second.
 */
export class Custody<R> {
  readonly #young = new LinkedList<Checkout<R>>();
  readonly #watched = new LinkedList<Checkout<R>>();
  readonly #reported = new LinkedList<Checkout<R>>();
  readonly #times: CustodyTimes;
  readonly #youngMs: number;
  readonly #watchedMs: number;
  readonly #reports: CustodyReports<R>;
  readonly #leases: FinalizationRegistry<Checkout<R>>;

  constructor(times: CustodyTimes, reports: CustodyReports<R>) {
    this.#times = times;
    this.#youngMs = Math.min(YOUNG_MS, times.leakTimeoutMs, times.reclaimAfterMs);
    this.#watchedMs = Math.min(times.leakTimeoutMs, times.reclaimAfterMs);
    this.#reports = reports;
    this.#leases = new FinalizationRegistry((checkout) => {
      if (checkout.state === 'out') this.#reports.collected(checkout);
    });
  }

  get size(): number {
    return this.#young.size + this.#watched.size + this.#reported.size;
  }

  /** When the checkout has to be looked at; its lease is in `young`. */
  add(checkout: Checkout<R>): number {
    this.#young.pushLast(checkout);
    return checkout.acquiredAtMs + this.#youngMs;
  }

  remove(checkout: Checkout<R>): void {
    if (checkout.young === undefined) this.#leases.unregister(checkout);
    checkout.young = undefined;
    checkout.list?.remove(checkout);
  }

  /** Moves what has become older; the time at which to look again. */
  sweep(nowMs: number): number {
    const { leakTimeoutMs, reclaimAfterMs } = this.#times;
    for (let at = this.#due(this.#young, this.#youngMs, nowMs); at !== undefined; at = this.#due(this.#young, this.#youngMs, nowMs)) {
      this.#letGo(at);
    }
    for (
      let at = this.#due(this.#watched, this.#watchedMs, nowMs);
      at !== undefined;
      at = this.#due(this.#watched, this.#watchedMs, nowMs)
    ) {
      this.#watched.remove(at);
      this.#reported.pushLast(at);
      if (leakTimeoutMs !== Infinity) this.#reports.leaked(at);
    }
    for (
      let at = this.#due(this.#reported, reclaimAfterMs, nowMs);
      at !== undefined;
      at = this.#due(this.#reported, reclaimAfterMs, nowMs)
    ) {
      this.#reports.overdue(at);
    }
    return Math.min(
      dueMs(this.#young.first, this.#youngMs),
      dueMs(this.#watched.first, this.#watchedMs),
      dueMs(this.#reported.first, reclaimAfterMs),
    );
  }

  /** Oldest first. */
  *[Symbol.iterator](): IterableIterator<Checkout<R>> {
    yield* this.#reported;
    yield* this.#watched;
    yield* this.#young;
  }

  #due(list: LinkedList<Checkout<R>>, afterMs: number, nowMs: number): Checkout<R> | undefined {
    return dueMs(list.first, afterMs) <= nowMs ? list.first : undefined;
  }

  #letGo(checkout: Checkout<R>): void {
    this.#young.remove(checkout);
    this.#watched.pushLast(checkout);
    const lease = checkout.young!;
    checkout.young = undefined;
    checkout.stack?.settle();
    this.#leases.register(lease, checkout, checkout);
  }
}

function dueMs<R>(checkout: Checkout<R> | undefined, afterMs: number): number {
  return checkout === undefined ? Infinity : checkout.acquiredAtMs + afterMs;
}
