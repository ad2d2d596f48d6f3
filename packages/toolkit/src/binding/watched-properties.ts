import { NotBindableError } from './binding-errors.ts';

type Changed = (owner: object, property: PropertyKey, value: unknown) => void;

/** Properties whose changes are told, and how they become such. Known by their setters: there is no table of objects. */
export class WatchedProperties {
  readonly #changed: Changed;
  readonly #setters = new WeakSet<object>();

  constructor(changed: Changed) {
    this.#changed = changed;
  }

  /** Standard accessor decorator. */
  readonly decorator = <Owner extends object, Value>(
    storage: ClassAccessorDecoratorTarget<Owner, Value>,
    { name }: ClassAccessorDecoratorContext<Owner, Value>,
  ): ClassAccessorDecoratorResult<Owner, Value> => {
    const changed = this.#changed;
    const set = function (this: Owner, value: Value): void {
      if (Object.is(storage.get.call(this), value)) return;
      storage.set.call(this, value);
      changed(this, name, value);
    };
    this.#setters.add(set);
    return { set };
  };

  /** Makes an own data property of an object such a one; its value then lies in the accessor. */
  watch(owner: object, property: PropertyKey): void {
    const described = Reflect.getOwnPropertyDescriptor(owner, property);
    if (described?.set !== undefined && this.#setters.has(described.set)) return;
    if (described === undefined || !('value' in described)) throw new NotBindableError(property, 'no own data property of this name');
    let value: unknown = described.value;
    const changed = this.#changed;
    const set = (next: unknown): void => {
      if (Object.is(value, next)) return;
      value = next;
      changed(owner, property, next);
    };
    this.#setters.add(set);
    const { enumerable = true } = described;
    if (!Reflect.defineProperty(owner, property, { configurable: true, enumerable, get: () => value, set }))
      throw new NotBindableError(property, 'one that cannot be configured');
  }

  /** Throws NotBindableError unless changes of the property are told. */
  require(owner: object, property: PropertyKey): void {
    for (let at: object | null = owner; at !== null; at = Reflect.getPrototypeOf(at)) {
      const described = Reflect.getOwnPropertyDescriptor(at, property);
      if (described === undefined) continue;
      if (described.set !== undefined && this.#setters.has(described.set)) return;
      throw new NotBindableError(property, 'value' in described ? 'an ordinary one' : 'an accessor that tells nobody');
    }
    throw new NotBindableError(property, 'none of this name');
  }
}
