import { expect, it } from 'vitest';
import { WeakKeyMap } from './weak-key-map.ts';
import { weakProxy } from './weak-proxy.ts';
import { WeakReference } from './weak-reference.ts';
import { WeakValueMap } from './weak-value-map.ts';
import { IterableWeakSet } from './iterable-weak-set.ts';

it('what is made of null is empty, as with a Map and a Set', () => {
  const nothing = null as unknown as undefined;
  expect([new WeakValueMap(nothing).size, new WeakKeyMap(nothing).size, new IterableWeakSet(nothing).size]).toEqual([0, 0, 0]);
});

it('an object that inherits from a weak proxy has properties of its own', () => {
  const target: { name: string } = { name: 'target' };
  const proxy = weakProxy(target);
  const heir = Object.create(proxy) as { name: string };
  heir.name = 'heir';
  expect([target.name, heir.name, Object.hasOwn(heir, 'name')]).toEqual(['target', 'heir', true]);
  proxy.name = 'changed';
  expect(target.name).toBe('changed');
});

it('a description of a property does not hand out the target', () => {
  const target: { self?: object } = {};
  target.self = target;
  const proxy = weakProxy(target);
  expect(proxy.self).toBe(proxy);
  expect(Object.getOwnPropertyDescriptor(proxy, 'self')?.value).toBe(proxy);
  expect(Object.values(proxy)).toEqual([proxy]);
});

it('what no proxy can stand for, and what no key can be, is refused by its name', () => {
  expect(() => weakProxy(Symbol('s') as unknown as object)).toThrow('target of weakProxy: expected an object');
  expect(() => new WeakKeyMap().set(1 as unknown as object, 1)).toThrow('key of a WeakKeyMap: expected an object');
});

it('the name of a target is asked with care: a class may have a static name of its own, and a getter may throw', () => {
  const Column = Object.defineProperty(
    class {
      readonly width = 1;
    },
    'name',
    { value: Symbol('name') },
  );
  const guarded = {
    get constructor(): never {
      throw new Error('guarded');
    },
  };
  for (const target of [new Column(), Column, guarded]) expect(new WeakReference(target).require()).toBe(target);
});
