/** What waits for its time. `at` is its place in the queue, -1 when it is in none. */
export interface Due {
  dueMs: number;
  at: number;
}

/** A binary heap by `dueMs`, from which any element can be taken out: both in logarithmic time. */
export class DueQueue<T extends Due> {
  readonly #heap: T[] = [];

  get size(): number {
    return this.#heap.length;
  }

  get first(): T | undefined {
    return this.#heap[0];
  }

  add(due: T): void {
    this.#heap.push(due);
    this.#up(due, this.#heap.length - 1);
  }

  remove(due: T): void {
    const { at } = due;
    if (at < 0) return;
    due.at = -1;
    const last = this.#heap.pop()!;
    if (last === due) return;
    this.#up(last, at);
    this.#down(last, last.at);
  }

  clear(): void {
    for (const due of this.#heap) due.at = -1;
    this.#heap.length = 0;
  }

  #up(due: T, from: number): void {
    const heap = this.#heap;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (heap[above].dueMs <= due.dueMs) break;
      this.#put(heap[above], at);
      at = above;
    }
    this.#put(due, at);
  }

  #down(due: T, from: number): void {
    const heap = this.#heap;
    let at = from;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && heap[below + 1].dueMs < heap[below].dueMs) below++;
      if (heap[below].dueMs >= due.dueMs) break;
      this.#put(heap[below], at);
      at = below;
    }
    this.#put(due, at);
  }

  #put(due: T, at: number): void {
    this.#heap[at] = due;
    due.at = at;
  }
}
