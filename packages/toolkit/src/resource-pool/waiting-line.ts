import { LinkedList } from './linked-list.ts';
import { type Waiter } from './waiter.ts';

/** Those who wait, in the order in which they came. Every operation but `sweep` takes constant time. */
export class WaitingLine<L> {
  readonly #line = new LinkedList<Waiter<L>>();
  /** A resource is being validated for them; when it is not fit they come first again. */
  readonly #apart = new Set<Waiter<L>>();
  #turns = 0;

  get size(): number {
    return this.#line.size;
  }

  get isEmpty(): boolean {
    return this.#line.size + this.#apart.size === 0;
  }

  join(waiter: Waiter<L>): void {
    waiter.turn = this.#turns++;
    this.#line.pushLast(waiter);
  }

  next(): Waiter<L> | undefined {
    return this.#line.takeFirst();
  }

  setApart(waiter: Waiter<L>): void {
    this.#apart.add(waiter);
  }

  /** To where it stood. Those before it have been apart as well, so there are few. */
  backFromApart(waiter: Waiter<L>, mayWait: boolean): void {
    this.#apart.delete(waiter);
    if (!mayWait || waiter.settled) return;
    for (const other of this.#line) {
      if (other.turn < waiter.turn) continue;
      this.#line.insertBefore(waiter, other);
      return;
    }
    this.#line.pushLast(waiter);
  }

  leave(waiter: Waiter<L>): void {
    this.#line.remove(waiter);
  }

  /** Whoever has waited for too long; the time at which to look again. Waiters with a timer of their own have no deadline. */
  sweep(nowMs: number, timedOut: (waiter: Waiter<L>) => void): number {
    // First all, then one after another: whoever is told may abort or ask in turn.
    for (const waiter of this.#dueBy(nowMs)) if (!waiter.settled) timedOut(waiter);
    let nextMs = Infinity;
    for (const { deadlineMs } of this.#line) {
      if (deadlineMs === Infinity) continue;
      nextMs = deadlineMs;
      break;
    }
    for (const { settled, deadlineMs } of this.#apart) if (!settled) nextMs = Math.min(nextMs, deadlineMs);
    return nextMs;
  }

  /** In the line the deadlines ascend. */
  #dueBy(nowMs: number): Waiter<L>[] {
    const due: Waiter<L>[] = [];
    for (const waiter of this.#line) {
      if (waiter.deadlineMs <= nowMs) due.push(waiter);
      else if (waiter.deadlineMs !== Infinity) break;
    }
    for (const waiter of this.#apart) if (waiter.deadlineMs <= nowMs) due.push(waiter);
    return due;
  }
}
