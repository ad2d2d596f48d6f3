import { WeakValueMap } from '../../../packages/toolkit/src/index.ts';
import type { Contender, Figure } from '../figure.ts';

class Value {
  readonly id = 1;
}

interface MapLike {
  get(key: number): Value | undefined;
  set(key: number, value: Value): unknown;
  delete(key: number): unknown;
}

/** The least that is right: entries go with their values, and one that is replaced or deleted leaves no registration. */
class BareWeakValueMap implements MapLike {
  readonly #refs = new Map<number, WeakRef<Value>>();
  readonly #gone = new FinalizationRegistry<number>((key) => {
    if (this.#refs.get(key)?.deref() === undefined) this.#refs.delete(key);
  });
  get(key: number): Value | undefined {
    return this.#refs.get(key)?.deref();
  }
  set(key: number, value: Value): void {
    const before = this.#refs.get(key);
    if (before !== undefined) this.#gone.unregister(before);
    const ref = new WeakRef(value);
    this.#refs.set(key, ref);
    this.#gone.register(value, key, ref);
  }
  delete(key: number): void {
    const ref = this.#refs.get(key);
    if (ref === undefined) return;
    this.#refs.delete(key);
    this.#gone.unregister(ref);
  }
}

const KEYS = 1000;

/** Nine reads for a replacement and a deletion, over a thousand keys. */
function using(name: string, make: () => MapLike): Contender {
  const values = Array.from({ length: KEYS }, () => new Value());
  const map = make();
  for (let key = 0; key < KEYS; key++) map.set(key, values[key]);
  return {
    name,
    run: (operations) => {
      let seen = 0;
      for (let i = 0; i < operations; i++) {
        const key = (i * 7) % KEYS;
        if (i % 10 === 0) map.set(key, values[(key + i) % KEYS]);
        else if (i % 100 === 1) map.delete(key);
        else seen += map.get(key)?.id ?? 0;
      }
      return seen;
    },
  };
}

export const figure: Figure = {
  id: 'WeakValueMap: mixed',
  operation: '89 reads, 10 sets, 1 delete of 100',
  operations: 50_000,
  contenders: [
    using('WeakValueMap', () => new WeakValueMap<number, Value>()),
    using('bare WeakRef + FinalizationRegistry', () => new BareWeakValueMap()),
    using('strong Map', () => new Map<number, Value>()),
  ],
  goals: { 'bare WeakRef + FinalizationRegistry': 1.3 },
};
