import type { LinksByProperty, Link } from './link.ts';

interface Step {
  readonly owner: object;
  readonly property: PropertyKey;
  readonly value: unknown;
}

/**
 * One change and all that follows from it. Goes breadth first, so that a chain of any length takes no stack, and visits each
 * property of each object once, so that cycles end even where converters never agree.
 */
export class Wave {
  readonly #linksOf: (owner: object) => LinksByProperty | undefined;
  readonly #steps: Step[] = [];
  readonly #visited = new Map<object, Set<PropertyKey>>();
  readonly #errors: unknown[] = [];

  constructor(linksOf: (owner: object) => LinksByProperty | undefined) {
    this.#linksOf = linksOf;
  }

  /** A watched property was set: what hangs on it follows. */
  add(owner: object, property: PropertyKey, value: unknown): void {
    this.visit(owner, property);
    this.#steps.push({ owner, property, value });
  }

  /** Throws, at the end, what converters and setters threw: one error as it is, several as an AggregateError. */
  run(): void {
    for (const { owner, property, value } of this.#steps) {
      const links = this.#linksOf(owner)?.get(property);
      if (links !== undefined) for (const link of [...links]) this.#follow(link, value);
    }
    if (this.#errors.length === 1) throw this.#errors[0];
    if (this.#errors.length > 1)
      throw new AggregateError(this.#errors, `${this.#errors.length} bindings failed while one value was handed on`);
  }

  #follow(link: Link, value: unknown): void {
    const { target: ref, property, among } = link;
    const target = ref.deref();
    if (target === undefined || this.#isVisited(target, property) || !among.has(link)) return;
    const { convert } = link;
    try {
      const converted = convert === undefined ? value : convert(value as never);
      this.visit(target, property);
      Reflect.set(target, property, converted, target);
    } catch (error) {
      this.#errors.push(error);
    }
  }

  /** From here on the property is left as it is. */
  visit(owner: object, property: PropertyKey): void {
    const visited = this.#visited.get(owner);
    if (visited === undefined) this.#visited.set(owner, new Set([property]));
    else visited.add(property);
  }

  #isVisited(owner: object, property: PropertyKey): boolean {
    return this.#visited.get(owner)?.has(property) === true;
  }
}
