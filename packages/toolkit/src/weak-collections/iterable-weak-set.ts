import { dispose } from '../disposal/dispose-symbols.ts';
import { canBeHeldWeakly } from '../weak/can-be-held-weakly.ts';
import { NotWeaklyHoldableError } from '../weak/not-weakly-holdable-error.ts';

/**
 * A Set that does not keep its members alive, and can be iterated. Cells of dead members are removed by one
 * FinalizationRegistry of the set, and by iterations that come across them first. All operations are O(1) but `size` and iteration,
 * which are O(members).
 */
export class IterableWeakSet<Member extends WeakKey> implements Iterable<Member>, Disposable {
  readonly #refs = new Set<WeakRef<Member>>();
  #refOf = new WeakMap<Member, WeakRef<Member>>();
  #finalized = this.#newRegistry();

  constructor(members?: Iterable<Member>) {
    if (members !== undefined && members !== null) for (const member of members) this.add(member);
  }

  add(member: Member): this {
    if (!canBeHeldWeakly(member)) throw new NotWeaklyHoldableError(member, 'member of an IterableWeakSet');
    if (this.#refOf.has(member)) return this;
    const ref = new WeakRef(member);
    this.#refOf.set(member, ref);
    this.#refs.add(ref);
    this.#finalized.register(member, ref, ref);
    return this;
  }

  has(member: Member): boolean {
    return this.#refOf.has(member);
  }

  delete(member: Member): boolean {
    const ref = this.#refOf.get(member);
    if (ref === undefined) return false;
    this.#refOf.delete(member);
    this.#refs.delete(ref);
    this.#finalized.unregister(ref);
    return true;
  }

  clear(): void {
    this.#refs.clear();
    this.#refOf = new WeakMap();
    this.#finalized = this.#newRegistry();
  }

  /** Living members, counted: O(members), and each of them stays alive until the current job ends. */
  get size(): number {
    let living = 0;
    for (const ref of this.#refs) if (ref.deref() !== undefined) living++;
    return living;
  }

  /** Members including those that were collected a moment ago: at least `size`, O(1), and touches none. */
  get cells(): number {
    return this.#refs.size;
  }

  /** In the order in which they were added: what dies on the way is left out, what is added on the way comes. */
  *values(): IterableIterator<Member> {
    for (const ref of this.#refs) {
      const member = ref.deref();
      if (member !== undefined) yield member;
      else this.#refs.delete(ref);
    }
  }

  [Symbol.iterator](): IterableIterator<Member> {
    return this.values();
  }

  forEach(visit: (member: Member, set: this) => void): void {
    for (const member of this.values()) visit(member, this);
  }

  [dispose](): void {
    this.clear();
  }

  #newRegistry(): FinalizationRegistry<WeakRef<Member>> {
    const refs = this.#refs;
    return new FinalizationRegistry((ref) => refs.delete(ref));
  }
}
