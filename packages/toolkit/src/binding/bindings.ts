import { dispose } from '../disposal/dispose-symbols.ts';
import { BindingsDisposedError } from './binding-errors.ts';
import { Binding } from './binding.ts';
import { LinkSet, type Link, type LinksByProperty } from './link.ts';
import { LinkRegistry } from './link-registry.ts';
import { WatchedProperties } from './watched-properties.ts';
import { Wave } from './wave.ts';

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
 * Links lie with their source, as the value of a WeakMap, and hold the target weakly: neither side is kept alive, and a link
 * goes with either. Setting a property registers nothing. What a converter captures lives as long as the source does: one
 * that captures the target keeps it. Setting costs O(links of the property); binding O(1).
 */
export class Bindings implements Disposable {
  /** By source. */
  #linksOf = new WeakMap<object, LinksByProperty>();
  readonly #links = new LinkRegistry();
  #wave: Wave | undefined;
  #disposed = false;
  readonly #watched = new WatchedProperties((owner, property, value) => this.#changed(owner, property, value));

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
    this.#handOver(source, property, link, target);
    return this.#binding([link]);
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
    this.#handOver(first, property, there, second);
    return this.#binding([there, back]);
  }

  /** Undoes all bindings. Properties stay what they are. */
  [dispose](): void {
    this.#disposed = true;
    for (const link of [...this.#links]) this.#links.remove(link);
    this.#linksOf = new WeakMap();
  }

  #changed(owner: object, property: PropertyKey, value: unknown): void {
    if (this.#wave !== undefined) this.#wave.add(owner, property, value);
    else if (this.#linksOf.get(owner)?.has(property) === true) this.#inWave((wave) => wave.add(owner, property, value));
  }

  /** A value goes over when it is bound; the side that it comes from stays as it is, whatever comes back. */
  #handOver(source: object, property: PropertyKey, { convert, property: targetProperty }: Link, target: object): void {
    const value: unknown = Reflect.get(source, property, source);
    this.#inWave((wave) => {
      wave.visit(source, property);
      Reflect.set(target, targetProperty, convert === undefined ? value : convert(value as never), target);
    });
  }

  #inWave(start: (wave: Wave) => void): void {
    if (this.#wave !== undefined) {
      start(this.#wave);
      return;
    }
    const wave = new Wave((owner) => this.#linksOf.get(owner));
    this.#wave = wave;
    try {
      start(wave);
      wave.run();
    } finally {
      this.#wave = undefined;
    }
  }

  #link(source: object, from: PropertyKey, target: object, property: PropertyKey, convert: Link['convert']): Link {
    if (this.#disposed) throw new BindingsDisposedError();
    this.#watched.require(source, from);
    const byProperty = this.#linksOf.get(source) ?? new Map<PropertyKey, LinkSet>();
    this.#linksOf.set(source, byProperty);
    const among = byProperty.get(from) ?? new LinkSet();
    byProperty.set(from, among);
    const before = among.to(target, property);
    if (before !== undefined) this.#links.remove(before);
    const link: Link = { target: new WeakRef(target), property, convert, among };
    among.add(link, target);
    this.#links.add(link, target);
    return link;
  }

  #binding(links: readonly Link[]): Binding {
    return new Binding(links, (link) => this.#links.remove(link));
  }
}
