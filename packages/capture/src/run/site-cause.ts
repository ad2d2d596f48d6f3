/** The exact counters that give cause to trace allocations. RSS is none. */
export type Counter = 'finalizers' | 'threads' | 'tasks' | 'fds';

const RISES_NEEDED = 3;

/**
 * Watches one exact counter of a warm process. Gives cause when it rose three times with no fall between and stands above all it
 * ever was: a pool that breathes does not, a counter that only climbs does, however slowly.
 */
export class CounterWatch {
  #last: number | undefined;
  #highest = -Infinity;
  #rises = 0;
  grows = false;

  add(value: number | null | undefined): void {
    if (value === null || value === undefined) return;
    if (this.#last !== undefined && value > this.#last) this.#rises++;
    if (this.#last !== undefined && value < this.#last) this.#rises = 0;
    if (this.#rises >= RISES_NEEDED && value > this.#highest) this.grows = true;
    this.#last = value;
    this.#highest = Math.max(this.#highest, value);
  }
}
