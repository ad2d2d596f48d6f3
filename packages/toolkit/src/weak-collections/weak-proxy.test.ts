import { describe, expect, it } from 'vitest';
import { weakProxy, WeakProxyFreezeError } from './weak-proxy.ts';

class Account {
  #balance = 10;
  owner = 'Ada';
  get balance(): number {
    return this.#balance;
  }
  set balance(value: number) {
    this.#balance = value;
  }
  pay(sum: number): this {
    this.#balance -= sum;
    return this;
  }
  static open(): Account {
    return new Account();
  }
}

describe('weakProxy', () => {
  it('reads, writes and deletes as the target does, private state included', () => {
    const account = new Account();
    const proxy = weakProxy(account);
    proxy.balance = 8;
    expect([proxy.balance, account.balance, proxy.owner]).toEqual([8, 8, 'Ada']);
    proxy.owner = 'Bea';
    expect(account.owner).toBe('Bea');
    expect('owner' in proxy && Reflect.deleteProperty(proxy, 'owner')).toBe(true);
    expect(Object.keys(proxy)).toEqual([]);
  });

  it('calls methods on the target, the same method each time, and never hands out the target', () => {
    const account = new Account();
    const proxy = weakProxy(account);
    expect(proxy.pay(3)).toBe(proxy);
    expect(account.balance).toBe(7);
    const { pay, pay: again } = proxy as unknown as Record<'pay', (this: Account, sum: number) => Account>;
    expect(pay).toBe(again);
    const other = new Account();
    expect(pay.call(other, 1)).toBe(other);
    expect(proxy.constructor).toBe(Account);
  });

  it('is of the kind of its target: instanceof, typeof, Array.isArray, JSON, spread', () => {
    const account = new Account();
    const list = Object.freeze([1, 2, 3]);
    const listProxy = weakProxy(list);
    expect(weakProxy(account)).toBeInstanceOf(Account);
    expect(Array.isArray(listProxy)).toBe(true);
    expect([...listProxy]).toEqual([1, 2, 3]);
    expect(JSON.stringify({ listProxy, account: weakProxy(account) })).toBe('{"listProxy":[1,2,3],"account":{"owner":"Ada"}}');
    expect(Object.getOwnPropertyDescriptor(listProxy, 'length')?.value).toBe(3);
    expect(Object.keys(listProxy)).toEqual(['0', '1', '2']);
  });

  it('works for objects with internal slots', () => {
    const map = new Map([['a', 1]]);
    const proxy = weakProxy(map);
    proxy.set('b', 2);
    expect([proxy.get('b'), proxy.size, [...proxy]]).toEqual([2, 2, [...map]]);
    const date = new Date(0);
    expect(weakProxy(date).getTime()).toBe(0);
  });

  it('can be called and constructed where the target can', () => {
    const double = weakProxy((x: number) => 2 * x);
    expect([double(4), typeof double]).toEqual([8, 'function']);
    const Opened = weakProxy(Account);
    expect(new Opened()).toBeInstanceOf(Account);
    expect(Opened.open()).toBeInstanceOf(Account);
    expect(() => new (double as unknown as new () => unknown)()).toThrow(TypeError);
  });

  it('refuses what would have to hold for ever', () => {
    const proxy = weakProxy({ a: 1 });
    expect(() => Object.freeze(proxy)).toThrow(WeakProxyFreezeError);
    expect(() => Object.defineProperty(proxy, 'b', { value: 1, configurable: false })).toThrow(WeakProxyFreezeError);
    Object.defineProperty(proxy, 'c', { value: 1, configurable: true });
    expect(Object.getOwnPropertyDescriptor(proxy, 'c')?.value).toBe(1);
    expect(Object.getOwnPropertyDescriptor(weakProxy(Object.freeze({ a: 1 })), 'a')).toMatchObject({ value: 1, configurable: true });
  });
});
