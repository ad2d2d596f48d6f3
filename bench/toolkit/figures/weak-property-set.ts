import { weak, weakProperty } from '../../../packages/toolkit/src/index.ts';
import type { Contender, Figure } from '../figure.ts';

class Target {
  readonly id = 1;
}

class Decorated {
  @weak accessor value: Target | undefined;
}

/** What people write who want the field emptied when its value goes. */
class Bare {
  #ref: WeakRef<Target> | undefined;
  static readonly #gone = new FinalizationRegistry<WeakRef<Bare>>((owner) => {
    const living = owner.deref();
    if (living?.value === undefined && living !== undefined) living.#ref = undefined;
  });
  get value(): Target | undefined {
    return this.#ref?.deref();
  }
  set value(value: Target | undefined) {
    if (this.#ref !== undefined) Bare.#gone.unregister(this.#ref);
    this.#ref = value === undefined ? undefined : new WeakRef(value);
    if (value !== undefined && this.#ref !== undefined) Bare.#gone.register(value, new WeakRef(this), this.#ref);
  }
}

/** And what they write who do not. */
class BareWithoutRegistry {
  #ref: WeakRef<Target> | undefined;
  get value(): Target | undefined {
    return this.#ref?.deref();
  }
  set value(value: Target | undefined) {
    this.#ref = value === undefined ? undefined : new WeakRef(value);
  }
}

class Strong {
  value: Target | undefined;
}

const targets = Array.from({ length: 7 }, () => new Target());

/** `run` is written out for each: what one contender teaches the compiler about `owner.value` is not to slow the next. */
function setting<Kind>(name: string, make: () => Kind, loop: (owners: readonly Kind[], operations: number) => void): Contender {
  const owners = Array.from({ length: 100 }, make);
  return { name, run: (operations) => loop(owners, operations) };
}

const contenders = [
  setting(
    '@weak',
    () => new Decorated(),
    (owners, operations) => {
      for (let i = 0; i < operations; i++) owners[i % 100].value = targets[i % 7];
    },
  ),
  setting(
    'bare WeakRef + FinalizationRegistry',
    () => new Bare(),
    (owners, operations) => {
      for (let i = 0; i < operations; i++) owners[i % 100].value = targets[i % 7];
    },
  ),
  setting(
    'bare WeakRef alone',
    () => new BareWithoutRegistry(),
    (owners, operations) => {
      for (let i = 0; i < operations; i++) owners[i % 100].value = targets[i % 7];
    },
  ),
  setting(
    'strong property',
    () => new Strong(),
    (owners, operations) => {
      for (let i = 0; i < operations; i++) owners[i % 100].value = targets[i % 7];
    },
  ),
];

function functional(): Contender {
  const property = weakProperty<object, Target>();
  const owners = Array.from({ length: 100 }, () => ({}));
  return {
    name: 'weakProperty',
    run: (operations) => {
      for (let i = 0; i < operations; i++) property.set(owners[i % 100], targets[i % 7]);
    },
  };
}

export const figure: Figure = {
  id: 'weak: set',
  operation: 'setting a property to another object',
  operations: 20_000,
  contenders: [...contenders, functional()],
  goals: { 'bare WeakRef + FinalizationRegistry': 1.3, 'bare WeakRef alone': 1.3 },
};
