import { isDevelopment } from '../development/is-development.ts';
import { pathTo } from '../development/reaches.ts';
import { dispose } from '../disposal/dispose-symbols.ts';
import { consoleLogger, type Logger } from '../logger/logger.ts';
import { canBeHeldWeakly } from '../weak/can-be-held-weakly.ts';
import { NotWeaklyHoldableError } from '../weak/not-weakly-holdable-error.ts';
import { IterableWeakSet } from './iterable-weak-set.ts';

export interface WeakKeyMapOptions {
  /** Warns where a value leads back to its key. As `isDevelopment` says unless given. */
  readonly development?: boolean;
  /** Where the warning goes; the console unless given. */
  readonly logger?: Logger;
}

/**
 * A WeakMap that can be iterated and counted. Values hang on their keys as in a WeakMap: a value that leads back to its key
 * does not keep it, as long as nothing but this map holds the value. Whoever holds the value elsewhere holds the key; the
 * development mode warns of such values, once for each map. All operations are O(1) but `size` and iteration, which are
 * O(entries), and `set` in development mode (up to 2000 objects are looked at).
 */
export class WeakKeyMap<Key extends WeakKey, Value> implements Iterable<[Key, Value]>, Disposable {
  #values = new WeakMap<Key, Value>();
  readonly #keys = new IterableWeakSet<Key>();
  readonly #logger: Logger;
  #watches: boolean;

  constructor(entries?: Iterable<readonly [Key, Value]>, options: WeakKeyMapOptions = {}) {
    this.#logger = options.logger ?? consoleLogger;
    this.#watches = options.development ?? isDevelopment();
    if (entries !== undefined && entries !== null) for (const [key, value] of entries) this.set(key, value);
  }

  get(key: Key): Value | undefined {
    return this.#values.get(key);
  }

  has(key: Key): boolean {
    return this.#values.has(key);
  }

  set(key: Key, value: Value): this {
    if (!canBeHeldWeakly(key)) throw new NotWeaklyHoldableError(key, 'key of a WeakKeyMap');
    this.#keys.add(key);
    this.#values.set(key, value);
    if (this.#watches) this.#warnIfItLeadsBack(key, value);
    return this;
  }

  delete(key: Key): boolean {
    this.#keys.delete(key);
    return this.#values.delete(key);
  }

  clear(): void {
    this.#keys.clear();
    this.#values = new WeakMap();
  }

  /** Living keys, counted: O(entries). */
  get size(): number {
    return this.#keys.size;
  }

  /** Entries including those whose key was collected a moment ago: O(1), and touches none. */
  get cells(): number {
    return this.#keys.cells;
  }

  *entries(): IterableIterator<[Key, Value]> {
    for (const key of this.#keys) yield [key, this.#values.get(key) as Value];
  }

  keys(): IterableIterator<Key> {
    return this.#keys.values();
  }

  *values(): IterableIterator<Value> {
    for (const key of this.#keys) yield this.#values.get(key) as Value;
  }

  [Symbol.iterator](): IterableIterator<[Key, Value]> {
    return this.entries();
  }

  [dispose](): void {
    this.clear();
  }

  #warnIfItLeadsBack(key: Key, value: Value): void {
    const path = pathTo(key, value);
    if (path === undefined) return;
    this.#watches = false;
    this.#logger.warn(
      'HEAPTRAIL_WEAK_KEY_REACHED',
      `a value of a WeakKeyMap leads back to its own key (value${path}): whoever else holds the value keeps the key alive. Store what is needed of the key instead of the key. Further ones are not mentioned.`,
    );
  }
}
