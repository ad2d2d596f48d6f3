import type { Link } from './link.ts';

/** What is known of a link without holding it. */
interface Stub {
  readonly link: WeakRef<Link>;
}

/**
 * All links, none of them held. One that loses its target is taken out of its source's links; of one that goes with its source
 * nothing stays, not even the registration with its target, which may live for long and see many sources.
 */
export class LinkRegistry implements Iterable<Link> {
  readonly #stubs = new Set<Stub>();
  readonly #stubOf = new WeakMap<Link, Stub>();
  readonly #targetGone = new FinalizationRegistry<Stub>((stub) => this.#targetIsGone(stub));
  readonly #linkGone = new FinalizationRegistry<Stub>((stub) => this.#forget(stub));

  add(link: Link, target: object): void {
    const stub: Stub = { link: new WeakRef(link) };
    this.#stubs.add(stub);
    this.#stubOf.set(link, stub);
    this.#linkGone.register(link, stub, stub);
    this.#targetGone.register(target, stub, stub);
  }

  remove(link: Link): void {
    link.among.remove(link);
    const stub = this.#stubOf.get(link);
    if (stub !== undefined) this.#forget(stub);
  }

  /** Links whose both sides live. O(links). */
  get size(): number {
    let living = 0;
    for (const link of this) if (link.target.deref() !== undefined) living++;
    return living;
  }

  *[Symbol.iterator](): IterableIterator<Link> {
    for (const stub of this.#stubs) {
      const link = stub.link.deref();
      if (link !== undefined) yield link;
    }
  }

  #targetIsGone(stub: Stub): void {
    const link = stub.link.deref();
    link?.among.remove(link);
    this.#forget(stub);
  }

  #forget(stub: Stub): void {
    this.#stubs.delete(stub);
    this.#linkGone.unregister(stub);
    this.#targetGone.unregister(stub);
  }
}
