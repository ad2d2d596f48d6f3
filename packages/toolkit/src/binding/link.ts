/** The place of a property in the wave that is going on. Shared by all that lead there; holds nothing. */
export interface Endpoint {
  /** Number of the last wave that came by. */
  wave: number;
}

/** What a source hands a value on to. Lies with the source; holds the target weakly, and its converter strongly. */
export interface Link {
  readonly target: WeakRef<object>;
  readonly property: PropertyKey;
  readonly convert: ((value: never) => unknown) | undefined;
  readonly end: Endpoint;
  /** The links of the same source property: this one is among them until it is taken out. */
  readonly among: LinkSet;
}

/** The links of one property of one object, at most one to each property of another. All O(1). */
export class LinkSet {
  readonly links = new Set<Link>();
  /** The one link where there is one, as of most properties: it is followed without an iterator. */
  only: Link | undefined = undefined;
  readonly #byTarget = new WeakMap<object, Map<PropertyKey, Link>>();

  has(link: Link): boolean {
    return this.links.has(link);
  }

  to(target: object, property: PropertyKey): Link | undefined {
    return this.#byTarget.get(target)?.get(property);
  }

  add(link: Link, target: object): void {
    this.links.add(link);
    this.#noteOnly();
    const known = this.#byTarget.get(target);
    if (known === undefined) this.#byTarget.set(target, new Map([[link.property, link]]));
    else known.set(link.property, link);
  }

  remove(link: Link): void {
    this.links.delete(link);
    this.#noteOnly();
    const target = link.target.deref();
    if (target !== undefined && this.to(target, link.property) === link) this.#byTarget.get(target)?.delete(link.property);
  }

  #noteOnly(): void {
    const [first] = this.links.size === 1 ? this.links : [];
    this.only = first;
  }
}
