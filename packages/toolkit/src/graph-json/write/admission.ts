import type { GraphSettings } from '../settings.ts';
import { unserialisable, type UnserialisableKind } from '../unserialisable.ts';
import { type Kind, kindOf } from './kind-of.ts';
import type { Places } from './places.ts';

/** The policy said that a value goes. */
export const DROPPED: unique symbol = Symbol('dropped');

/** Decides what is written in the place of a value: itself, what `toJSON` or the policy gives, or nothing. */
export class Admission {
  readonly #settings: GraphSettings;
  readonly #places: Places;
  /** What stands for an object: the same for each of its places. */
  readonly #substitutes = new Map<unknown, unknown>();

  constructor(settings: GraphSettings, places: Places) {
    this.#settings = settings;
    this.#places = places;
  }

  admit(value: unknown, container: number, key: string | number): unknown {
    if (typeof value === 'function') return this.refuse('function', value, container, key);
    if (typeof value === 'symbol') return this.refuse('symbol', value, container, key);
    if (typeof value !== 'object' || value === null) return value;
    const kind = kindOf(value, this.#settings.types);
    if (this.#settings.callsToJSON && (kind === undefined || kind === 'object')) return this.#askForJSON(value, kind, container, key);
    return kind === undefined || this.#isPartialView(value, kind) ? this.#refuseObject(value, kind, container, key) : value;
  }

  /** What the policy wants instead, or DROPPED; throws when it wants an error. */
  refuse(kind: UnserialisableKind, value: unknown, container: number, key: string | number): unknown {
    const policy = this.#settings.unserialisable;
    if (policy === 'drop') return DROPPED;
    const isObject = typeof value === 'object' || typeof value === 'function';
    if (isObject && this.#substitutes.has(value)) return this.#substitutes.get(value);
    const found = { kind, value, container: this.#places.pointer(container), key: String(key) };
    if (policy === 'error') throw unserialisable(found);
    const substitute = policy(found);
    if (!this.#isSerialisable(substitute)) throw unserialisable({ ...found, ...this.#reason(substitute), value: substitute });
    if (isObject) this.#substitutes.set(value, substitute);
    return substitute;
  }

  /** A property that goes because of its name: error, or the policy is told and its answer has no place. */
  refuseName(kind: UnserialisableKind, value: unknown, container: number, key: string): void {
    const policy = this.#settings.unserialisable;
    if (policy === 'drop') return;
    const found = { kind, value, container: this.#places.pointer(container), key };
    if (policy === 'error') throw unserialisable(found);
    policy(found);
  }

  #refuseObject(value: object, kind: Kind | undefined, container: number, key: string | number): unknown {
    return this.refuse(kind === undefined ? 'class' : 'partial-view', value, container, key);
  }

  #askForJSON(value: object, kind: Kind | undefined, container: number, key: string | number): unknown {
    if (this.#substitutes.has(value)) return this.#substitutes.get(value);
    const { toJSON } = value as { readonly toJSON?: unknown };
    if (typeof toJSON !== 'function') return kind === undefined ? this.refuse('class', value, container, key) : value;
    const given: unknown = toJSON.call(value, String(key));
    const { kind: reason } = this.#reason(given);
    const substitute = this.#isSerialisable(given) ? given : this.refuse(reason, given, container, key);
    this.#substitutes.set(value, substitute);
    return substitute;
  }

  #isSerialisable(value: unknown): boolean {
    if (typeof value === 'function' || typeof value === 'symbol') return false;
    if (typeof value !== 'object' || value === null) return true;
    const kind = kindOf(value, this.#settings.types);
    return kind !== undefined && !this.#isPartialView(value, kind);
  }

  #reason(value: unknown): { readonly kind: UnserialisableKind } {
    return { kind: typeof value === 'function' || typeof value === 'symbol' ? (typeof value as 'function' | 'symbol') : 'class' };
  }

  #isPartialView(value: object, kind: Kind): boolean {
    if (this.#settings.partialViews !== 'unserialisable' || !ArrayBuffer.isView(value) || typeof kind !== 'string') return false;
    return value.byteLength !== value.buffer.byteLength;
  }
}
