import { type Clock, type ClockTimer } from './clock.ts';

interface Pending {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told to go on. For tests: of the toolkit, and of programs that use it. */
export class ManualClock implements Clock {
  #nowMs = 0;
  #order = 0;
  readonly #pending = new Set<Pending>();

  nowMs(): number {
    return this.#nowMs;
  }

  /** Timers that have not fired yet. A primitive that was disposed leaves none. */
  get pendingTimers(): number {
    return this.#pending.size;
  }

  after(delayMs: number, run: () => void): ClockTimer {
    const pending: Pending = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, run };
    this.#pending.add(pending);
    return { cancel: () => void this.#pending.delete(pending) };
  }

  /** Goes on by `byMs`, firing what falls due in its order, each at its own time, and letting promises settle in between. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    for (let due = this.#nextUntil(untilMs); due !== undefined; due = this.#nextUntil(untilMs)) {
      this.#pending.delete(due);
      this.#nowMs = due.atMs;
      due.run();
      await settled();
    }
    this.#nowMs = untilMs;
    await settled();
  }

  #nextUntil(untilMs: number): Pending | undefined {
    let next: Pending | undefined;
    for (const pending of this.#pending) {
      if (pending.atMs > untilMs) continue;
      if (next === undefined || pending.atMs < next.atMs || (pending.atMs === next.atMs && pending.order < next.order)) next = pending;
    }
    return next;
  }
}

/** A macrotask, so that every promise that can settle has: a fixed number of `await`s would be a guess. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
