import { escapeKey, isDangerousKey } from '../format.ts';
import type { GraphSettings } from '../settings.ts';
import type { UnserialisableKind } from '../unserialisable.ts';
import { type Admission, DROPPED } from './admission.ts';

/** What one container holds, value by value, past the policies. */
export class ContainerAdmission {
  readonly settings: GraphSettings;
  readonly #admission: Admission;
  readonly #container: number;

  constructor(settings: GraphSettings, admission: Admission, container: number) {
    this.settings = settings;
    this.#admission = admission;
    this.#container = container;
  }

  /** The value, its substitute, or DROPPED. */
  admit(value: unknown, key: string | number): unknown {
    return this.#admission.admit(value, this.#container, key);
  }

  /** The value of an own property; its getter runs only when accessors are to be read. */
  own(object: object, key: string): unknown {
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    if (descriptor === undefined) return DROPPED;
    if (descriptor.get === undefined && descriptor.set === undefined) return this.admit(descriptor.value, key);
    return this.accessor(object, key);
  }

  accessor(object: object, key: string): unknown {
    if (this.settings.readsAccessors) return this.admit(Reflect.get(object, key), key);
    return this.#admission.refuse('accessor', undefined, this.#container, key);
  }

  /** The key as it is written; undefined when the property goes. */
  key(key: string, object: object): string | undefined {
    if (this.settings.keepsDangerousKeys || !isDangerousKey(key)) return escapeKey(key);
    this.#refuseName('dangerous-key', object, key);
    return undefined;
  }

  refuseSymbolKeys(object: object): void {
    const symbols = Object.getOwnPropertySymbols(object);
    for (const symbol of symbols)
      if (Object.prototype.propertyIsEnumerable.call(object, symbol)) this.#refuseName('symbol-key', object, symbol);
  }

  /** Named properties of what has only entries, members or elements in the text. */
  refuseProperties(object: object, keys: readonly string[] = Object.keys(object)): void {
    for (const key of keys) this.#refuseName('extra-property', object, key);
    this.refuseSymbolKeys(object);
  }

  /** There is no place for what the policy answers. */
  #refuseName(kind: UnserialisableKind, object: object, key: string | symbol): void {
    const value: unknown = Object.getOwnPropertyDescriptor(object, key)?.value;
    this.#admission.refuseName(kind, value, this.#container, String(key));
  }
}
