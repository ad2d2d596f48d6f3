import { dispose } from '../disposal/dispose-symbols.ts';
import { BindingsDisposedError } from './binding-errors.ts';
import { Binding } from './binding.ts';
import type { Cell } from './cell.ts';
import { LinkSet, type Endpoint, type Link } from './link.ts';
import { LinkRegistry } from './link-registry.ts';
import { WatchedProperties } from './watched-properties.ts';
import { Waves } from './waves.ts';

export interface TwoWayConverters<First, Second> {
  readonly forward?: (value: First) => Second;
  readonly backward?: (value: Second) => First;
}

/** A converter, which may be left out where the value fits as it is. */
export type Convert<From, To> = From extends To ? [convert?: (value: From) => To] : [convert: (value: From) => To];

/**
 * Bindings between properties of objects: a value that is set on one side is handed on to the other.
 *
 *     const bindings = new Bindings();
 *     class Model { @bindings.bindable accessor title = ''; }
 *     bindings.bindTo(model, 'title', label, 'text', (title) => title.toUpperCase());
 *
 * Links lie with their source, in the storage of its property, and hold the target weakly: neither side is kept alive, and a
 * link goes with either. Setting a property registers nothing. What a converter captures lives as long as the source does: one
 * that captures the target keeps it. Setting costs O(links of the property); binding O(1).
 */
export class Bindings implements Disposable {
  readonly #links = new LinkRegistry();
  readonly #waves = new Waves();
  readonly #watched = new WatchedProperties((cell) => this.#waves.changed(cell));
  /** Of targets that are not watched: ends of links, which hold nothing. */
  readonly #plainEnds = new WeakMap<object, Map<PropertyKey, Endpoint>>();
  #disposed = false;

  /** Accessor decorator: changes of this property are handed on. Setting a value that is there already (Object.is) is no change. */
  readonly bindable = this.#watched.decorator;

  /** Makes an own data property of an object bindable, where there is no class to decorate. */
  watch<Owner extends object>(owner: Owner, property: keyof Owner): void {
    this.#watched.watch(owner, property);
  }

  /** Links whose both sides live: two for a two-way binding. O(links). */
  get size(): number {
    return this.#links.size;
  }

  /** Hands `source[property]` on to `target[targetProperty]`, now and whenever it changes. A binding of the same two properties is replaced. */
  bindTo<Source extends object, From extends keyof Source, Target extends object, To extends keyof Target>(
    source: Source,
    property: From,
    target: Target,
    targetProperty: To,
    ...[convert]: Convert<Source[From], Target[To]>
  ): Binding {
    const link = this.#link(source, property, target, targetProperty, convert);
    return this.#begin([link], this.#watched.require(source, property), target);
  }

  /** `bindTo`, seen from the other side. */
  bindFrom<Target extends object, To extends keyof Target, Source extends object, From extends keyof Source>(
    target: Target,
    targetProperty: To,
    source: Source,
    property: From,
    ...convert: Convert<Source[From], Target[To]>
  ): Binding {
    return this.bindTo(source, property, target, targetProperty, ...convert);
  }

  /** Both ways; the value of the first goes to the second now. Both properties have to be bindable. */
  bind<First extends object, One extends keyof First, Second extends object, Other extends keyof Second>(
    first: First,
    property: One,
    second: Second,
    otherProperty: Other,
    { forward, backward }: TwoWayConverters<First[One], Second[Other]> = {},
  ): Binding {
    this.#watched.require(first, property);
    this.#watched.require(second, otherProperty);
    const there = this.#link(first, property, second, otherProperty, forward);
    const back = this.#link(second, otherProperty, first, property, backward);
    return this.#begin([there, back], this.#watched.require(first, property), second);
  }

  /** Undoes all bindings. Properties stay what they are. */
  [dispose](): void {
    this.#disposed = true;
    for (const link of [...this.#links]) this.#links.remove(link);
  }

  #link(source: object, from: PropertyKey, target: object, property: PropertyKey, convert: Link['convert']): Link {
    if (this.#disposed) throw new BindingsDisposedError();
    const cell = this.#watched.require(source, from);
    cell.links ??= new LinkSet();
    const among = cell.links;
    const before = among.to(target, property);
    if (before !== undefined) this.#links.remove(before);
    const link: Link = { target: new WeakRef(target), property, convert, end: this.#endOf(target, property), among };
    among.add(link, target);
    this.#links.add(link, target);
    return link;
  }

  #endOf(target: object, property: PropertyKey): Endpoint {
    const cell = this.#watched.cellOf(target, property);
    if (cell !== undefined) return cell.end;
    const ends = this.#plainEnds.get(target) ?? new Map<PropertyKey, Endpoint>();
    this.#plainEnds.set(target, ends);
    const end = ends.get(property) ?? { wave: 0 };
    ends.set(property, end);
    return end;
  }

  /** Hands the first value over, along the first link. When that fails nothing is bound: nobody has a handle to undo it. */
  #begin(links: readonly Link[], from: Cell, target: object): Binding {
    try {
      this.#waves.handOver(from, links[0], target);
    } catch (error) {
      for (const link of links) this.#links.remove(link);
      throw error;
    }
    return new Binding(links, (link) => this.#links.remove(link));
  }
}
