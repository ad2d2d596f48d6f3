import { dispose } from '../disposal/dispose-symbols.ts';
import { canBeHeldWeakly } from '../weak/can-be-held-weakly.ts';
import { NotWeaklyHoldableError } from '../weak/not-weakly-holdable-error.ts';

/**
 * A Map that does not keep its values alive: an entry goes with its value. Keys are held strongly for as long as their entry
 * is there; a value that is reachable from a key (its own, or another's) therefore never dies.
 *
 * Entries of dead values are removed by one FinalizationRegistry of the map, and by iterations that come across them first:
 * they do not pile up whether anybody iterates or not. Each entry costs a WeakRef and a registration; setting the value that is there
 * already costs nothing. All operations are O(1) but `size` and iteration, which are O(entries).
 */
export class WeakValueMap<Key, Value extends WeakKey> implements Iterable<[Key, Value]>, Disposable {
  readonly #refs = new Map<Key, WeakRef<Value>>();
  #finalized = this.#newRegistry();

  constructor(entries?: Iterable<readonly [Key, Value]>) {
    if (entries !== undefined && entries !== null) for (const [key, value] of entries) this.set(key, value);
  }

  get(key: Key): Value | undefined {
    return this.#refs.get(key)?.deref();
  }

  has(key: Key): boolean {
    return this.#refs.get(key)?.deref() !== undefined;
  }

  set(key: Key, value: Value): this {
    const before = this.#refs.get(key);
    if ((value as unknown) !== undefined && before?.deref() === value) return this;
    // Throws for what it does not take: before anything is changed.
    const ref = weakRefOf(value);
    if (before !== undefined) this.#finalized.unregister(before);
    this.#refs.set(key, ref);
    // A key that is its own value lives until the entry is deleted, and a registry refuses to hold what it waits for.
    if ((key as unknown) !== value) this.#finalized.register(value, key, ref);
    return this;
  }

  /** The value of the key, or what `make` gives, which then is in the map. */
  getOrInsert(key: Key, make: (key: Key) => Value): Value {
    const found = this.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    this.set(key, made);
    return made;
  }

  /** True when there was a living value. */
  delete(key: Key): boolean {
    const ref = this.#refs.get(key);
    if (ref === undefined) return false;
    this.#refs.delete(key);
    this.#finalized.unregister(ref);
    return ref.deref() !== undefined;
  }

  clear(): void {
    this.#refs.clear();
    // Registrations go with their registry: no need to take back one after another.
    this.#finalized = this.#newRegistry();
  }

  /** Living values, counted: O(entries), and each of them stays alive until the current job ends, as with every look at a WeakRef. */
  get size(): number {
    let living = 0;
    for (const ref of this.#refs.values()) if (ref.deref() !== undefined) living++;
    return living;
  }

  /** Entries including those whose value was collected a moment ago: at least `size`, O(1), and touches no value. */
  get cells(): number {
    return this.#refs.size;
  }

  /** In the order of insertion, as of a Map: what dies on the way is left out, what is added on the way comes. */
  *entries(): IterableIterator<[Key, Value]> {
    for (const [key, ref] of this.#refs) {
      const value = ref.deref();
      if (value !== undefined) yield [key, value];
      else this.#removeDead(key, ref);
    }
  }

  *keys(): IterableIterator<Key> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): IterableIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): IterableIterator<[Key, Value]> {
    return this.entries();
  }

  forEach(visit: (value: Value, key: Key, map: this) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  [dispose](): void {
    this.clear();
  }

  #removeDead(key: Key, ref: WeakRef<Value>): void {
    if (this.#refs.get(key) !== ref) return;
    this.#refs.delete(key);
    this.#finalized.unregister(ref);
  }

  /** Its callback sees the table, not the map: a map that nobody holds goes, and its registry with it. */
  #newRegistry(): FinalizationRegistry<Key> {
    const refs = this.#refs;
    return new FinalizationRegistry((key) => {
      if (refs.get(key)?.deref() === undefined) refs.delete(key);
    });
  }
}

function weakRefOf<Value extends WeakKey>(value: Value): WeakRef<Value> {
  if (typeof value !== 'object' && !canBeHeldWeakly(value)) throw new NotWeaklyHoldableError(value, 'value of a WeakValueMap');
  if (value === null) throw new NotWeaklyHoldableError(value, 'value of a WeakValueMap');
  return new WeakRef(value);
}
