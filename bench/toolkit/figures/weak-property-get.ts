import { weak, weakProperty } from '../../../packages/toolkit/src/index.ts';
import type { Contender, Figure } from '../figure.ts';

class Target {
  readonly id = 1;
}

interface Owner {
  value: Target | undefined;
}

class Decorated implements Owner {
  @weak accessor value: Target | undefined;
}

class Bare implements Owner {
  #ref: WeakRef<Target> | undefined;
  get value(): Target | undefined {
    return this.#ref?.deref();
  }
  set value(value: Target | undefined) {
    this.#ref = value === undefined ? undefined : new WeakRef(value);
  }
}

class Strong implements Owner {
  value: Target | undefined;
}

const target = new Target();

/** `run` is written out for each: what one contender teaches the compiler about `owner.value` is not to slow the next. */
function reading<Kind extends Owner>(
  name: string,
  make: () => Kind,
  loop: (owners: readonly Kind[], operations: number) => number,
): Contender {
  const owners = Array.from({ length: 100 }, make);
  for (const owner of owners) owner.value = target;
  return { name, run: (operations) => loop(owners, operations) };
}

const decorated = reading(
  '@weak',
  () => new Decorated(),
  (owners, operations) => {
    let seen = 0;
    for (let i = 0; i < operations; i++) seen += owners[i % 100].value?.id ?? 0;
    return seen;
  },
);
const bare = reading(
  'bare WeakRef in a private field',
  () => new Bare(),
  (owners, operations) => {
    let seen = 0;
    for (let i = 0; i < operations; i++) seen += owners[i % 100].value?.id ?? 0;
    return seen;
  },
);
const strong = reading(
  'strong property',
  () => new Strong(),
  (owners, operations) => {
    let seen = 0;
    for (let i = 0; i < operations; i++) seen += owners[i % 100].value?.id ?? 0;
    return seen;
  },
);

function functional(): Contender {
  const property = weakProperty<object, Target>();
  const owners = Array.from({ length: 100 }, () => ({}));
  for (const owner of owners) property.set(owner, target);
  return {
    name: 'weakProperty',
    run: (operations) => {
      let seen = 0;
      for (let i = 0; i < operations; i++) seen += property.get(owners[i % 100])?.id ?? 0;
      return seen;
    },
  };
}

export const figure: Figure = {
  id: 'weak: get',
  operation: 'reading a property',
  operations: 300_000,
  contenders: [decorated, bare, strong, functional()],
  goals: { 'bare WeakRef in a private field': 1.3 },
};
