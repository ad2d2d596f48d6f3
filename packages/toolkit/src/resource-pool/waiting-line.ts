import { LinkedList } from './linked-list.ts';
import { type Waiter } from './waiter.ts';

/** Those who wait, in the order in which they came. Every operation but `sweep` takes constant time. */
export class WaitingLine<L> {
  readonly #line = new LinkedList<Waiter<L>>();
  /** A resource is being validated for them; when it is not fit they come first again. */
  readonly #apart = new Set<Waiter<L>>();

  get size(): number {
    return this.#line.size;
  }

  get isEmpty(): boolean {
    return this.#line.size + this.#apart.size === 0;
  }

  join(waiter: Waiter<L>): void {
    this.#line.pushLast(waiter);
  }

  next(): Waiter<L> | undefined {
    return this.#line.takeFirst();
  }

  setApart(waiter: Waiter<L>): void {
    this.#apart.add(waiter);
  }

  backFromApart(waiter: Waiter<L>, mayWait: boolean): void {
    this.#apart.delete(waiter);
    if (mayWait && !waiter.settled) this.#line.pushFirst(waiter);
  }

  leave(waiter: Waiter<L>): void {
    this.#line.remove(waiter);
  }

  /** Whoever has waited for too long; the time at which to look again. Waiters with a timer of their own have no deadline. */
  sweep(nowMs: number, timedOut: (waiter: Waiter<L>) => void): number {
    let nextMs = Infinity;
    for (const waiter of this.#line) {
      if (waiter.deadlineMs <= nowMs) timedOut(waiter);
      else if (waiter.deadlineMs !== Infinity) {
        nextMs = waiter.deadlineMs;
        break;
      }
    }
    for (const waiter of this.#apart) {
      if (waiter.settled) continue;
      if (waiter.deadlineMs <= nowMs) timedOut(waiter);
      else nextMs = Math.min(nextMs, waiter.deadlineMs);
    }
    return nextMs;
  }
}
