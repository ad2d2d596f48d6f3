import { GraphFormatError, GraphKeyError } from '../errors.ts';
import { isDangerousKey, isEscaped } from '../format.ts';
import { tooDeep, tooManyNodes } from '../limits.ts';
import type { GraphSettings } from '../settings.ts';
import { type Envelope, shorten } from './envelope.ts';
import { isContainer, pointerTo, type RawContainer, type RawObject } from './raw-json.ts';
import { readType } from './read-type.ts';
import type { Slot, Special } from './special.ts';

const DOLLAR = 36;

/** How the containers on the stack are read: their own values, `[x, y]` pairs in them, or one member of a wrapper. */
type Reading = 'values' | 'pairs' | { readonly member: string };

/** One walk over the parsed JSON, which it checks and leaves as it is. Finds what must be made and where it goes. */
export class GraphScan {
  readonly settings: GraphSettings;
  readonly slots: Slot[] = [];
  readonly specials: Special[] = [];
  readonly specialByWrapper = new Map<unknown, Special>();
  /** Primitives that JSON does not have, with their places. */
  readonly primitives: { readonly holder: RawContainer; readonly key: string | number; readonly value: unknown }[] = [];
  /** Containers of the text that are no values of the graph: payloads, references. No `$ref` may point to them. */
  readonly structural = new Set<unknown>();
  /** Objects with keys that begin with `$$`. */
  readonly escaped: RawObject[] = [];
  /** Payloads that become the object itself, under another prototype. */
  readonly adopted: { readonly object: RawObject; readonly prototype: object | null }[] = [];
  readonly #envelope: Envelope;
  readonly #depthByPart = new Map<number, number>();
  readonly #containers: RawContainer[] = [];
  readonly #keys: (readonly string[] | undefined)[] = [];
  readonly #depths: number[] = [];
  readonly #owners: (Special | undefined)[] = [];
  readonly #readings: Reading[] = [];
  #nodes = 1;

  constructor(envelope: Envelope, settings: GraphSettings) {
    this.#envelope = envelope;
    this.settings = settings;
  }

  run(): void {
    const { value, parts } = this.#envelope;
    this.structural.add(this.#envelope);
    if (isContainer(value)) this.#visit(this.#envelope, 'value', value, 1, undefined);
    this.#walk();
    if (parts === undefined) return;
    this.structural.add(parts);
    for (const [index, part] of parts.entries()) {
      const depth = this.#depthByPart.get(index);
      if (depth === undefined)
        throw new GraphFormatError(
          `No reference in the value or an earlier part points to /parts/${index}. The graph is damaged or forged.`,
        );
      this.#visit(parts, index, part, depth, undefined);
      if (this.structural.has(part)) throw new GraphFormatError(`/parts/${index} should be a container and is a reference or a primitive.`);
      this.#walk();
    }
  }

  #walk(): void {
    const containers = this.#containers;
    for (let container = containers.pop(); container !== undefined; container = containers.pop()) {
      const keys = this.#keys.pop();
      const depth = this.#depths.pop()!;
      const owner = this.#owners.pop();
      const reading = this.#readings.pop()!;
      if (typeof reading === 'object') this.#member(container as RawObject, reading.member, depth, owner);
      else if (keys !== undefined) this.#object(container as RawObject, keys, depth, owner);
      else if (reading === 'values') this.#array(container as unknown[], depth, owner);
      else this.#pairs(container as unknown[][], depth, owner);
    }
  }

  #object(object: RawObject, keys: readonly string[], depth: number, owner: Special | undefined): void {
    this.count(keys.length, object);
    let hasEscapes = false;
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at];
      if (key.charCodeAt(0) === DOLLAR) {
        if (!isEscaped(key)) throw this.misplaced(key, object);
        hasEscapes = true;
      } else if (isDangerousKey(key) && !this.settings.keepsDangerousKeys) throw this.dangerous(key, object);
      const value = object[key];
      if (typeof value === 'object' && value !== null) this.#visit(object, key, value as RawContainer, depth + 1, owner);
    }
    if (hasEscapes) this.escaped.push(object);
  }

  #array(array: readonly unknown[], depth: number, owner: Special | undefined): void {
    this.count(array.length, array);
    for (let at = 0; at < array.length; at++) {
      const value = array[at];
      if (typeof value === 'object' && value !== null) this.#visit(array as unknown[], at, value as RawContainer, depth + 1, owner);
    }
  }

  #pairs(pairs: readonly unknown[][], depth: number, owner: Special | undefined): void {
    for (const pair of pairs) {
      if (isContainer(pair[0])) this.#visit(pair, 0, pair[0], depth + 1, owner);
      if (isContainer(pair[1])) this.#visit(pair, 1, pair[1], depth + 1, owner);
    }
  }

  #member(wrapper: RawObject, member: string, depth: number, owner: Special | undefined): void {
    const value = wrapper[member];
    if (isContainer(value)) this.#visit(wrapper, member, value, depth + 1, owner);
  }

  /** A container in the place of a value: plain, a reference, or a `$type`. */
  #visit(holder: RawContainer, key: string | number, value: RawContainer, depth: number, owner: Special | undefined): void {
    if (depth > this.settings.limits.maxDepth) throw tooDeep(this.settings.limits, this.where(value));
    const keys = Array.isArray(value) ? undefined : Object.keys(value);
    const first = keys?.[0];
    if (first?.charCodeAt(0) !== DOLLAR || isEscaped(first)) {
      this.#push(value, keys, depth, owner, 'values');
      return;
    }
    const wrapper = value as RawObject;
    if (first === '$ref') this.#reference(wrapper, keys!, holder, key, depth, owner);
    else if (first !== '$type') throw this.misplaced(first, wrapper);
    else {
      const read = readType(wrapper, keys!, this);
      if ('primitive' in read) {
        this.structural.add(wrapper);
        this.primitives.push({ holder, key, value: read.primitive });
        return;
      }
      const { special, payload, reading } = read;
      this.specials.push(special);
      this.specialByWrapper.set(wrapper, special);
      this.#slot({ holder, key, pointer: undefined, target: special }, owner);
      if (payload === undefined) return;
      if (payload !== wrapper) this.structural.add(payload);
      this.#push(payload, reading === 'values' && !Array.isArray(payload) ? Object.keys(payload) : undefined, depth, special, reading);
    }
  }

  #reference(
    wrapper: RawObject,
    keys: readonly string[],
    holder: RawContainer,
    key: string | number,
    depth: number,
    owner: Special | undefined,
  ): void {
    const pointer = wrapper.$ref;
    if (keys.length !== 1 || typeof pointer !== 'string')
      throw new GraphFormatError(`A reference should be {"$ref":"/pointer"} and nothing else, at ${this.where(wrapper)}.`);
    this.structural.add(wrapper);
    this.#slot({ holder, key, pointer, target: undefined }, owner);
    const part = /^\/parts\/(\d{1,10})$/.exec(pointer);
    if (part === null) return;
    const index = Number(part[1]);
    this.#depthByPart.set(index, Math.min(depth, this.#depthByPart.get(index) ?? depth));
  }

  #slot(slot: Slot, owner: Special | undefined): void {
    this.slots.push(slot);
    owner?.needs.push(slot);
  }

  #push(container: RawContainer, keys: readonly string[] | undefined, depth: number, owner: Special | undefined, reading: Reading): void {
    this.#containers.push(container);
    this.#keys.push(keys);
    this.#depths.push(depth);
    this.#owners.push(owner);
    this.#readings.push(reading);
  }

  count(nodes: number, at: RawContainer | readonly unknown[]): void {
    this.#nodes += nodes;
    if (this.#nodes > this.settings.limits.maxNodes) throw tooManyNodes(this.settings.limits, this.where(at));
  }

  where(container: unknown): string {
    return pointerTo(this.#envelope, container);
  }

  misplaced(key: string, object: RawObject): GraphFormatError {
    return new GraphFormatError(
      `The key "${shorten(key)}" at ${this.where(object)} means nothing here: $ref and $type come first in their objects, and data's own keys with $ are written with two.`,
    );
  }

  dangerous(key: string, object: RawObject): GraphKeyError {
    return new GraphKeyError(
      `The property "${key}" at ${this.where(object)} is refused: code that copies or merges objects could reach a prototype through it. Set dangerousKeys to keep if both sides are yours.`,
    );
  }
}
