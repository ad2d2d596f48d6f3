import { ToolkitError } from '../errors/toolkit-error.ts';
import { Keeping, valueOf, type WeakOptions } from './weak-options.ts';

export interface WeakPropertyOptions extends WeakOptions {
  /** As messages show it. */
  readonly name?: string;
}

/** `define` on an object that takes no new properties. */
export class OwnerNotExtensibleError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_OWNER_NOT_EXTENSIBLE';
  override readonly name = 'OwnerNotExtensibleError';

  constructor(property: PropertyKey) {
    super(
      `weak property "${String(property)}" cannot be defined: the object is frozen, sealed, or has a property of this name that cannot be configured. Use get(owner) and set(owner, value), which need nothing of the owner.`,
    );
  }
}

/**
 * The functional form of `weak`: a property beside its owners instead of on them, so that frozen ones and those of other
 * people's classes can have it. Cells are the values of a WeakMap by owner: one goes with its owner, and holds nothing.
 */
export class WeakProperty<Owner extends WeakKey, Value> {
  readonly #keeping: Keeping;
  readonly #kept = new WeakMap<Owner, object>();

  constructor({ name = '(without a name)', ...options }: WeakPropertyOptions = {}) {
    this.#keeping = new Keeping(`weak property "${name}"`, options);
  }

  /** The value, or `undefined` when there is none or it was collected. */
  get(owner: Owner): Value | undefined {
    const kept = this.#kept.get(owner);
    if (kept === undefined) return undefined;
    if (kept instanceof Strong) return kept.value as Value;
    const value = valueOf(kept);
    if (value === undefined) this.#kept.delete(owner);
    return value as Value | undefined;
  }

  /** `undefined` clears. */
  set(owner: Owner, value: Value | undefined): void {
    const kept = this.#keeping.keep(value);
    if (kept === undefined) this.#kept.delete(owner);
    else this.#kept.set(owner, kept instanceof WeakRef ? kept : new Strong(kept));
  }

  has(owner: Owner): boolean {
    return this.get(owner) !== undefined;
  }

  /** Makes it a property of an object of one's own: `owner[key]` reads and writes it. */
  define(owner: Owner & object, key: PropertyKey): void {
    const described = Reflect.defineProperty(owner, key, {
      configurable: true,
      enumerable: true,
      ...accessorsOf(this),
    });
    if (!described) throw new OwnerNotExtensibleError(key);
  }
}

/** For whatever object they are called on: those that inherit from the owner have cells of their own. */
function accessorsOf<Owner extends WeakKey, Value>(property: WeakProperty<Owner, Value>): PropertyDescriptor & ThisType<Owner> {
  return {
    get() {
      return property.get(this);
    },
    set(value: Value | undefined) {
      property.set(this, value);
    },
  };
}

/** What cannot be held weakly, in a table whose values are objects. */
class Strong {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** `new WeakProperty(options)`, for those who like functions. */
export function weakProperty<Owner extends WeakKey, Value>(options: WeakPropertyOptions = {}): WeakProperty<Owner, Value> {
  return new WeakProperty(options);
}
