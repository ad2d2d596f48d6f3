import { WeakValueMap } from '../../../packages/toolkit/src/index.ts';
import type { Contender, Figure } from '../figure.ts';

class Value {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}

function bare(): { set(key: number, value: Value): unknown } {
  const refs = new Map<number, WeakRef<Value>>();
  const gone = new FinalizationRegistry<number>((key) => {
    if (refs.get(key)?.deref() === undefined) refs.delete(key);
  });
  return {
    set: (key, value) => {
      const before = refs.get(key);
      if (before !== undefined) gone.unregister(before);
      const ref = new WeakRef(value);
      refs.set(key, ref);
      gone.register(value, key, ref);
    },
  };
}

/** A new map of new values that nobody else holds. */
function filling(name: string, make: () => { set(key: number, value: Value): unknown }): Contender {
  return {
    name,
    run: (operations) => {
      const map = make();
      for (let key = 0; key < operations; key++) map.set(key, new Value(key));
      return map;
    },
  };
}

export const figure: Figure = {
  id: 'WeakValueMap: fill',
  operation: 'set of a new key and value',
  operations: 10_000,
  contenders: [
    filling('WeakValueMap', () => new WeakValueMap<number, Value>()),
    filling('bare WeakRef + FinalizationRegistry', bare),
    filling('strong Map', () => new Map<number, Value>()),
  ],
  goals: { 'bare WeakRef + FinalizationRegistry': 1.3 },
};
