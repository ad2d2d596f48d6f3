import type { Cell } from './cell.ts';
import type { Endpoint, Link } from './link.ts';

/**
 * One change and all that follows from it is a wave. It goes breadth first, so that a chain of any length takes no stack, and
 * comes by each property of each object once, so that cycles end even where converters never agree.
 */
export class Waves {
  #number = 0;
  #running = false;
  /** Cells that changed in the wave that is going on, and were not yet followed. Empty in between. */
  readonly #changed: Cell[] = [];
  #errors: unknown[] | undefined;

  /** A cell with links has a new value: starts a wave, or is part of the one that is going on. */
  changed(cell: Cell): void {
    if (this.#running) {
      cell.end.wave = this.#number;
      this.#changed.push(cell);
      return;
    }
    this.#begin(cell.end);
    try {
      this.#followAll(cell);
      this.#followChanged();
    } finally {
      this.#end();
    }
    if (this.#errors !== undefined) this.#throwErrors(this.#errors);
  }

  /** Hands one value over, as the first step of a wave in which `from` stays as it is. */
  handOver(from: Cell, link: Link, target: object): void {
    if (this.#running) {
      link.end.wave = this.#number;
      setConverted(target, link, from.value);
      return;
    }
    this.#begin(from.end);
    try {
      link.end.wave = this.#number;
      setConverted(target, link, from.value);
      this.#followChanged();
    } finally {
      this.#end();
    }
    if (this.#errors !== undefined) this.#throwErrors(this.#errors);
  }

  #begin(from: Endpoint): void {
    this.#running = true;
    this.#number++;
    from.wave = this.#number;
  }

  #end(): void {
    this.#running = false;
    if (this.#changed.length > 0) this.#changed.length = 0;
  }

  /** The list grows while it is gone through. */
  #followChanged(): void {
    for (const cell of this.#changed) this.#followAll(cell);
  }

  #followAll({ value, links }: Cell): void {
    if (links === undefined) return;
    if (links.only !== undefined) this.#follow(links.only, value);
    else for (const link of links.links) this.#follow(link, value);
  }

  #follow(link: Link, value: unknown): void {
    if (link.end.wave === this.#number) return;
    const target = link.target.deref();
    if (target === undefined) return;
    link.end.wave = this.#number;
    try {
      setConverted(target, link, value);
    } catch (error) {
      this.#errors ??= [];
      this.#errors.push(error);
    }
  }

  /** Errors of converters and setters, once the wave is over: one as it is, several as an AggregateError. */
  #throwErrors(errors: readonly unknown[]): never {
    this.#errors = undefined;
    if (errors.length === 1) throw errors[0];
    throw new AggregateError(errors, `${errors.length} bindings failed while one value was handed on`);
  }
}

function setConverted(target: object, { property, convert }: Link, value: unknown): void {
  (target as Record<PropertyKey, unknown>)[property] = convert === undefined ? value : convert(value as never);
}
