import { type Clock, type ClockTimer } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { dispose } from '../disposal/dispose-symbols.ts';

export interface CoalesceOptions<T> {
  /** How long the first item waits for others. 0 unless given: until the runtime is next at its timers. */
  readonly withinMs?: number;
  /** So many are handed on at once, without waiting any longer. Unlimited unless given. */
  readonly maxItems?: number;
  /** Of items with the same key the latest stays, in the place of the first. */
  readonly keyOf?: (item: T) => unknown;
  readonly clock?: Clock;
  /** Whether the process waits for items that are still to be handed on. `false` unless given. */
  readonly keepsProcessAlive?: boolean;
}

export interface Coalesced<T> extends Disposable {
  (item: T): void;
  /** Items that wait. */
  readonly pending: number;
  flush(): void;
  cancel(): void;
}

/**
 * Many updates, one call: `run` is given all items since it was last called. What was handed on is not held; after it was
 * disposed nothing is, and items are ignored.
 */
export function coalesce<T>(run: (items: readonly T[]) => void, options: CoalesceOptions<T> = {}): Coalesced<T> {
  const state = new CoalesceState(run, options);
  const push = (item: T): void => state.push(item);
  const coalesced = Object.defineProperty(push, 'pending', { get: () => state.pending }) as unknown as {
    -readonly [K in keyof Coalesced<T>]: Coalesced<T>[K];
  } & Coalesced<T>;
  coalesced.flush = () => state.flush();
  coalesced.cancel = () => state.cancel();
  coalesced[dispose] = () => state.end();
  return coalesced;
}

class CoalesceState<T> {
  readonly #options: CoalesceOptions<T>;
  readonly #clock: Clock;
  #run: ((items: readonly T[]) => void) | undefined;
  #items = new Map<unknown, T>();
  #timer: ClockTimer | undefined;

  constructor(run: (items: readonly T[]) => void, options: CoalesceOptions<T>) {
    this.#run = run;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  get pending(): number {
    return this.#items.size;
  }

  push(item: T): void {
    if (this.#run === undefined) return;
    const { keyOf, maxItems = Infinity, withinMs = 0, keepsProcessAlive = false } = this.#options;
    // Without keys every item has one of its own.
    this.#items.set(keyOf === undefined ? this.#items.size : keyOf(item), item);
    if (this.#items.size >= maxItems) this.flush();
    else this.#timer ??= this.#clock.after(withinMs, () => this.flush(), { keepsProcessAlive });
  }

  flush(): void {
    if (this.#items.size === 0) return;
    const items = [...this.#items.values()];
    this.cancel();
    this.#run?.(items);
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#items = new Map();
  }

  end(): void {
    this.cancel();
    this.#run = undefined;
  }
}
