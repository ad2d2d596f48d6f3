import { ToolkitError } from '../errors/toolkit-error.ts';
import { canBeHeldWeakly } from '../weak/can-be-held-weakly.ts';
import { NotWeaklyHoldableError } from '../weak/not-weakly-holdable-error.ts';
import { ProxyTargetGoneError } from './target-gone-error.ts';
import { nameOf, type WeakReferenceOptions } from './weak-reference.ts';

/** `Object.freeze(proxy)` and the like. */
export class WeakProxyFreezeError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_WEAK_PROXY_FREEZE';
  override readonly name = 'WeakProxyFreezeError';

  constructor(operation: string) {
    super(
      `${operation} through a weak proxy is not possible: JavaScript would have to trust it even after the target is gone. Do it to the target itself.`,
    );
  }
}

type AnyFunction = (...args: unknown[]) => unknown;

/**
 * An object that behaves as `target` and does not keep it alive; any use after the target's end throws ProxyTargetGoneError
 * (a ReferenceError).
 *
 * - Methods, getters and setters run with the target as `this`, so that private fields work; a method that returns its
 *   `this` returns the proxy. `proxy.method !== target.method`, but it is the same each time.
 * - Functions and classes can be called and constructed; `typeof`, `instanceof` and `Array.isArray` answer as of the target.
 * - What is there tells the truth but for two things that the language does not let a proxy say after the target is gone:
 *   `Object.isFrozen` and `isExtensible` answer as of an ordinary object, and properties that cannot be configured look as if
 *   they could.
 */
export function weakProxy<Target extends object>(target: Target, { name }: WeakReferenceOptions = {}): Target {
  if (typeof target === 'symbol' || !canBeHeldWeakly(target)) throw new NotWeaklyHoldableError(target, 'target of weakProxy');
  const handler = new WeakHandler(target, name ?? nameOf(target));
  const proxy = new Proxy(standInFor(target), handler);
  handler.proxy = new WeakRef(proxy);
  return proxy as Target;
}

/** Of the same kind, and with as few fixed properties as possible: a bound function has no `prototype`. */
function standInFor(target: object): object {
  if (typeof target === 'function') return standIn.bind(undefined);
  return Array.isArray(target) ? [] : {};
}

function standIn(): void {
  // Never called: the handler calls the target.
}

class WeakHandler implements ProxyHandler<object> {
  readonly #ref: WeakRef<object>;
  readonly #name: string;
  /** Methods as the proxy gives them. Keyed by the method, which the target holds anyway. */
  readonly #methods = new WeakMap<AnyFunction, AnyFunction>();
  proxy: WeakRef<object> | undefined;

  constructor(target: object, name: string) {
    this.#ref = new WeakRef(target);
    this.#name = name;
  }

  get(_standIn: object, key: PropertyKey): unknown {
    const target = this.#target('reading', key);
    return this.#shown(Reflect.get(target, key, target), target, key);
  }

  /** What inherits from the proxy gets a property of its own, as from any object. */
  set(_standIn: object, key: PropertyKey, value: unknown, receiver: unknown): boolean {
    const target = this.#target('setting', key);
    return Reflect.set(target, key, value, receiver === this.proxy?.deref() ? target : receiver);
  }

  has(_standIn: object, key: PropertyKey): boolean {
    return Reflect.has(this.#target('looking for', key), key);
  }

  deleteProperty(_standIn: object, key: PropertyKey): boolean {
    return Reflect.deleteProperty(this.#target('deleting', key), key);
  }

  ownKeys(): (string | symbol)[] {
    return Reflect.ownKeys(this.#target('listing the properties'));
  }

  getOwnPropertyDescriptor(standIn: object, key: PropertyKey): PropertyDescriptor | undefined {
    const target = this.#target('describing', key);
    const described = Reflect.getOwnPropertyDescriptor(target, key);
    const fixed = Reflect.getOwnPropertyDescriptor(standIn, key)?.configurable === false;
    if (described === undefined) return undefined;
    if (described.value === target) described.value = this.proxy?.deref();
    // Only the length of an array is fixed in the stand-in, where it can be written.
    return fixed ? { ...described, configurable: false, writable: true } : { ...described, configurable: true };
  }

  defineProperty(_standIn: object, key: PropertyKey, described: PropertyDescriptor): boolean {
    const target = this.#target('defining', key);
    if (described.configurable === false) throw new WeakProxyFreezeError(`defining "${String(key)}" as not configurable`);
    return Reflect.defineProperty(target, key, described);
  }

  getPrototypeOf(): object | null {
    return Reflect.getPrototypeOf(this.#target('asking for the prototype'));
  }

  setPrototypeOf(_standIn: object, prototype: object | null): boolean {
    return Reflect.setPrototypeOf(this.#target('setting the prototype'), prototype);
  }

  isExtensible(): boolean {
    this.#target('asking whether it is extensible');
    return true;
  }

  preventExtensions(): boolean {
    throw new WeakProxyFreezeError('freezing, sealing or preventing extensions');
  }

  apply(_standIn: object, thisArg: unknown, args: unknown[]): unknown {
    return Reflect.apply(this.#target('calling') as AnyFunction, thisArg, args);
  }

  construct(_standIn: object, args: unknown[], newTarget: AnyFunction): object {
    const target = this.#target('constructing') as AnyFunction;
    return Reflect.construct(target, args, newTarget === this.proxy?.deref() ? target : newTarget) as object;
  }

  #target(operation: string, key?: PropertyKey): object {
    const target = this.#ref.deref();
    if (target !== undefined) return target;
    throw new ProxyTargetGoneError(this.#name, key === undefined ? operation : `${operation} "${String(key)}"`);
  }

  /** Nothing that is shown leads back to the target by itself. Classes are values, not methods: they are shown as they are. */
  #shown(value: unknown, target: object, key: PropertyKey): unknown {
    if (value === target) return this.proxy?.deref();
    if (typeof value !== 'function') return value;
    const known = this.#methods.get(value as AnyFunction);
    if (known !== undefined) return known;
    if (key === 'constructor' || typeof target === 'function' || isClass(value)) return value;
    return this.#methodFor(value as AnyFunction);
  }

  #methodFor(method: AnyFunction): AnyFunction {
    const shown = shownMethod(method, this.#ref, this.proxy!, this.#name);
    this.#methods.set(method, shown);
    return shown;
  }
}

/**
 * A method as the proxy gives it: on the target when called on the proxy, as it is when called on something else. Holds neither
 * the target nor the proxy, so it may be kept without them.
 */
function shownMethod(method: AnyFunction, target: WeakRef<object>, proxy: WeakRef<object>, name: string): AnyFunction {
  const shown = function (this: unknown, ...args: unknown[]): unknown {
    if (this !== proxy.deref()) return Reflect.apply(method, this, args);
    const living = target.deref();
    if (living === undefined) throw new ProxyTargetGoneError(name, `calling "${method.name}"`);
    const result: unknown = Reflect.apply(method, living, args);
    return result === living ? this : result;
  };
  Object.defineProperty(shown, 'name', { value: method.name, configurable: true });
  Object.defineProperty(shown, 'length', { value: method.length, configurable: true });
  Object.setPrototypeOf(shown, method);
  return shown;
}

function isClass(value: unknown): boolean {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
}
