import { IterableWeakSet } from '../../../packages/toolkit/src/index.ts';
import type { Contender, Figure } from '../figure.ts';

class Member {
  readonly id = 1;
}

interface SetLike extends Iterable<Member> {
  add(member: Member): unknown;
  has(member: Member): boolean;
  delete(member: Member): unknown;
}

class BareWeakSet implements SetLike {
  readonly #refs = new Set<WeakRef<Member>>();
  readonly #refOf = new WeakMap<Member, WeakRef<Member>>();
  readonly #gone = new FinalizationRegistry<WeakRef<Member>>((ref) => this.#refs.delete(ref));
  add(member: Member): void {
    if (this.#refOf.has(member)) return;
    const ref = new WeakRef(member);
    this.#refOf.set(member, ref);
    this.#refs.add(ref);
    this.#gone.register(member, ref, ref);
  }
  has(member: Member): boolean {
    return this.#refOf.has(member);
  }
  delete(member: Member): void {
    const ref = this.#refOf.get(member);
    if (ref === undefined) return;
    this.#refOf.delete(member);
    this.#refs.delete(ref);
    this.#gone.unregister(ref);
  }
  *[Symbol.iterator](): Iterator<Member> {
    for (const ref of this.#refs) {
      const member = ref.deref();
      if (member !== undefined) yield member;
    }
  }
}

const MEMBERS = 1000;

/** Of eight: four questions, two additions, one deletion, and each thousandth operation goes through all. */
function using(name: string, make: () => SetLike): Contender {
  const members = Array.from({ length: MEMBERS }, () => new Member());
  const set = make();
  return {
    name,
    run: (operations) => {
      let seen = 0;
      for (let i = 0; i < operations; i++) {
        const member = members[(i * 7) % MEMBERS];
        if (i % 8 < 5) seen += set.has(member) ? 1 : 0;
        else if (i % 8 < 7) set.add(member);
        else set.delete(member);
        if (i % 1000 === 0) for (const each of set) seen += each.id;
      }
      return seen;
    },
  };
}

export const figure: Figure = {
  id: 'IterableWeakSet: mixed',
  operation: '5 has, 2 add, 1 delete of 8; all of 1,000 members once in 1,000',
  operations: 40_000,
  contenders: [
    using('IterableWeakSet', () => new IterableWeakSet<Member>()),
    using('bare WeakRef + FinalizationRegistry', () => new BareWeakSet()),
    using('strong Set', () => new Set<Member>()),
  ],
  goals: { 'bare WeakRef + FinalizationRegistry': 1.3 },
};
