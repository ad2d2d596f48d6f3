import { WeakKeyMap } from '../../../packages/toolkit/src/index.ts';
import type { Contender, Figure } from '../figure.ts';

class Key {
  readonly id = 1;
}

interface MapLike {
  get(key: Key): number | undefined;
  set(key: Key, value: number): unknown;
  delete(key: Key): unknown;
}

/** A WeakMap that can be iterated: the least that is right. */
class BareWeakKeyMap implements MapLike {
  readonly #values = new WeakMap<Key, { readonly ref: WeakRef<Key>; value: number }>();
  readonly #refs = new Set<WeakRef<Key>>();
  readonly #gone = new FinalizationRegistry<WeakRef<Key>>((ref) => this.#refs.delete(ref));
  get(key: Key): number | undefined {
    return this.#values.get(key)?.value;
  }
  set(key: Key, value: number): void {
    const known = this.#values.get(key);
    if (known !== undefined) {
      known.value = value;
      return;
    }
    const ref = new WeakRef(key);
    this.#values.set(key, { ref, value });
    this.#refs.add(ref);
    this.#gone.register(key, ref, ref);
  }
  delete(key: Key): void {
    const known = this.#values.get(key);
    if (known === undefined) return;
    this.#values.delete(key);
    this.#refs.delete(known.ref);
    this.#gone.unregister(known.ref);
  }
}

const KEYS = 1000;

function using(name: string, make: () => MapLike): Contender {
  const keys = Array.from({ length: KEYS }, () => new Key());
  const map = make();
  for (const [at, key] of keys.entries()) map.set(key, at);
  return {
    name,
    run: (operations) => {
      let seen = 0;
      for (let i = 0; i < operations; i++) {
        const key = keys[(i * 7) % KEYS];
        if (i % 10 === 0) map.set(key, i);
        else if (i % 100 === 1) map.delete(key);
        else seen += map.get(key) ?? 0;
      }
      return seen;
    },
  };
}

export const figure: Figure = {
  id: 'WeakKeyMap: mixed',
  operation: '89 reads, 10 sets, 1 delete of 100',
  operations: 50_000,
  contenders: [
    using('WeakKeyMap', () => new WeakKeyMap<Key, number>([], { development: false })),
    using('bare WeakRef + FinalizationRegistry', () => new BareWeakKeyMap()),
    using('strong Map', () => new Map<Key, number>()),
  ],
  goals: { 'bare WeakRef + FinalizationRegistry': 1.3 },
};
