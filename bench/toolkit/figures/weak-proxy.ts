import { weakProxy } from '../../../packages/toolkit/src/index.ts';
import type { Contender, Figure } from '../figure.ts';

class Target {
  count = 0;
  add(by: number): number {
    this.count += by;
    return this.count;
  }
}

function calling(name: string, target: Target, called: () => Target): Contender {
  return {
    name,
    run: (operations) => {
      for (let i = 0; i < operations; i++) called().add(1);
      return target.count;
    },
  };
}

/** What people write: enough for reading, and for methods with private fields. */
function bareProxy(target: Target): Target {
  const ref = new WeakRef<object>(target);
  return new Proxy({} as Target, {
    get: (_, key) => {
      const living = ref.deref();
      if (living === undefined) throw new ReferenceError('gone');
      const value: unknown = Reflect.get(living, key, living);
      return typeof value === 'function' ? (value.bind(living) as unknown) : value;
    },
  });
}

function contenders(): Contender[] {
  const [first, second, third] = [new Target(), new Target(), new Target()];
  const ours = weakProxy(first);
  const bare = bareProxy(second);
  return [
    calling('weakProxy', first, () => ours),
    calling('bare Proxy over a WeakRef', second, () => bare),
    calling('strong reference', third, () => third),
  ];
}

export const figure: Figure = {
  id: 'weakProxy: call',
  operation: 'calling a method of the target',
  operations: 100_000,
  contenders: contenders(),
  goals: { 'bare Proxy over a WeakRef': 1.3 },
};
