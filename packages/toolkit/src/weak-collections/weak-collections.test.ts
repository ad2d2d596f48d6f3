import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotWeaklyHoldableError } from '../weak/not-weakly-holdable-error.ts';
import { IterableWeakSet } from './iterable-weak-set.ts';
import { TargetGoneError } from './target-gone-error.ts';
import { WeakKeyMap } from './weak-key-map.ts';
import { WeakReference } from './weak-reference.ts';
import { WeakValueMap } from './weak-value-map.ts';

/** While everything lives, the weak collections are the strong ones. What happens when things die, the collection tests show. */
const VALUES = [{}, [], () => 1, Symbol('one'), new Map()] as const;

type Operation = readonly ['set' | 'delete' | 'clear' | 'get' | 'has', number, number];
const operations: fc.Arbitrary<Operation[]> = fc.array(
  fc.tuple(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant<'set'>('set') },
      { weight: 6, arbitrary: fc.constantFrom<'delete' | 'get' | 'has'>('delete', 'get', 'has') },
      { weight: 1, arbitrary: fc.constant<'clear'>('clear') },
    ),
    fc.nat(4),
    fc.nat(VALUES.length - 1),
  ),
  { maxLength: 60 },
);

interface MapLike<Key, Value> extends Iterable<[Key, Value]> {
  readonly size: number;
  get(key: Key): Value | undefined;
  has(key: Key): boolean;
  set(key: Key, value: Value): unknown;
  delete(key: Key): boolean;
  clear(): void;
}

function apply<Key, Value>(
  map: MapLike<Key, Value>,
  [what, key, value]: Operation,
  keys: readonly Key[],
  values: readonly Value[],
): unknown {
  if (what === 'set') return void map.set(keys[key], values[value]);
  if (what === 'clear') {
    map.clear();
    return;
  }
  return map[what](keys[key]);
}

function addToBoth(member: WeakKey, ...sets: { add(member: WeakKey): unknown }[]): void {
  for (const set of sets) set.add(member);
}

function clearBoth(...sets: { clear(): void }[]): void {
  for (const set of sets) set.clear();
}

describe('WeakValueMap', () => {
  it('is a Map as long as its values live', () => {
    fc.assert(
      fc.property(operations, (all) => {
        const map = new WeakValueMap<string, WeakKey>();
        const model = new Map<string, WeakKey>();
        for (const operation of all) {
          const keys = ['a', 'b', 'c', 'd', 'e'];
          expect(apply(map, operation, keys, VALUES)).toBe(apply(model, operation, keys, VALUES));
        }
        expect([...map]).toEqual([...model]);
        expect([...map.keys()]).toEqual([...model.keys()]);
        expect([map.size, map.cells]).toEqual([model.size, model.size]);
      }),
    );
  });

  it('can be changed while it is iterated, as a Map can', () => {
    const [a, b, c, d] = [{}, {}, {}, {}];
    const map = new WeakValueMap<string, object>([
      ['a', a],
      ['b', b],
      ['c', c],
    ]);
    const seen: string[] = [];
    for (const [key] of map) {
      seen.push(key);
      if (key === 'a') map.delete('b');
      if (key === 'c') map.set('d', d);
    }
    expect(seen).toEqual(['a', 'c', 'd']);
    const visited: unknown[] = [];
    map.forEach((value, key) => visited.push(key, value));
    expect(visited).toEqual(['a', a, 'c', c, 'd', d]);
  });

  it('makes a value once for as long as it lives', () => {
    const map = new WeakValueMap<string, object>();
    const made = map.getOrInsert('a', (key) => ({ key }));
    expect(map.getOrInsert('a', () => ({}))).toBe(made);
    expect(made).toEqual({ key: 'a' });
  });

  it('refuses what the collector never frees, takes a key as its own value, and is empty once disposed', () => {
    const map = new WeakValueMap<unknown, WeakKey>();
    for (const value of [1, 'text', null, undefined, Symbol.for('x')])
      expect(() => map.set('key', value as never)).toThrow(NotWeaklyHoldableError);
    expect(map.size).toBe(0);
    const both = {};
    expect(map.set(both, both).get(both)).toBe(both);
    map[Symbol.dispose]();
    expect(map.cells).toBe(0);
  });
});

describe('IterableWeakSet', () => {
  it('is a Set as long as its members live', () => {
    fc.assert(
      fc.property(operations, (all) => {
        const set = new IterableWeakSet<WeakKey>();
        const model = new Set<WeakKey>();
        for (const [what, , value] of all) {
          const member = VALUES[value];
          if (what === 'set') addToBoth(member, set, model);
          else if (what === 'clear') clearBoth(set, model);
          else if (what === 'delete') expect(set.delete(member)).toBe(model.delete(member));
          else expect(set.has(member)).toBe(model.has(member));
        }
        expect([...set]).toEqual([...model]);
        expect([set.size, set.cells]).toEqual([model.size, model.size]);
      }),
    );
  });

  it('can be changed while it is iterated', () => {
    const [a, b, c] = [{}, {}, {}];
    const set = new IterableWeakSet([a, b]);
    const seen: object[] = [];
    set.forEach((member) => {
      seen.push(member);
      if (member === a) set.delete(b);
      if (seen.length === 1) set.add(c);
    });
    expect(seen).toEqual([a, c]);
    expect(() => set.add(1)).toThrow(NotWeaklyHoldableError);
  });
});

describe('WeakKeyMap', () => {
  it('is a Map as long as its keys live', () => {
    fc.assert(
      fc.property(operations, (all) => {
        const keys = VALUES;
        const map = new WeakKeyMap<WeakKey, string>([], { development: false });
        const model = new Map<WeakKey, string>();
        const values = ['a', 'b', 'c', 'd', 'e'];
        for (const operation of all) expect(apply(map, operation, keys, values)).toBe(apply(model, operation, keys, values));
        expect([...map]).toEqual([...model]);
        expect([...map.values()]).toEqual([...model.values()]);
        expect([map.size, map.cells]).toEqual([model.size, model.size]);
      }),
    );
  });

  it('warns once, in development, of a value that leads back to its key, and says by which way', () => {
    const lines: string[] = [];
    const logger = { warn: (code: string, message: string) => void lines.push(`${code}: ${message}`) };
    const key = { name: 'key' };
    const map = new WeakKeyMap<object, unknown>([], { development: true, logger });
    map.set({}, { list: [1, 2] }).set(key, { list: [0, new Map([['owner', key]])] });
    map.set(key, key);
    expect(lines).toEqual([
      'HEAPTRAIL_WEAK_KEY_REACHED: a value of a WeakKeyMap leads back to its own key (value.list[1]<value in Map>): whoever else holds the value keeps the key alive. Store what is needed of the key instead of the key. Further ones are not mentioned.',
    ]);
    new WeakKeyMap<object, unknown>([[key, key]], { development: false, logger });
    expect(lines).toHaveLength(1);
  });
});

describe('WeakReference', () => {
  it('gives the target while it lives', () => {
    const target = {};
    const reference = new WeakReference(target);
    expect([reference.get(), reference.require(), reference.isAlive]).toEqual([target, target, true]);
    expect(() => new WeakReference(3 as never)).toThrow(NotWeaklyHoldableError);
  });

  it('says what is gone, what to do, and its code', () => {
    const error = new TargetGoneError('Session');
    expect([error.name, error.code]).toEqual(['TargetGoneError', 'HEAPTRAIL_TARGET_GONE']);
    expect(error.message).toMatch(/^Session was collected: .*Hold it strongly/);
  });
});
