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

/** Enough for reading, and for methods with private fields. */
function bareProxy(target: Target, methodOf: (method: AnyMethod, ref: WeakRef<object>) => unknown): Target {
  const ref = new WeakRef<object>(target);
  return new Proxy<Target>(Object.create(null) as Target, {
    get: (_, key) => {
      const living = ref.deref();
      if (living === undefined) throw new ReferenceError('gone');
      const value: unknown = Reflect.get(living, key, living);
      return typeof value === 'function' ? methodOf(value as AnyMethod, ref) : value;
    },
  });
}

type AnyMethod = (this: unknown, ...args: unknown[]) => unknown;

function holdingNothing(method: AnyMethod, ref: WeakRef<object>): AnyMethod {
  return (...args) => {
    const living = ref.deref();
    if (living === undefined) throw new ReferenceError('gone');
    return method.apply(living, args);
  };
}

function contenders(): Contender[] {
  const [first, second, third, fourth] = [new Target(), new Target(), new Target(), new Target()];
  const ours = weakProxy(first);
  const bare = bareProxy(second, holdingNothing);
  const bound = bareProxy(third, (method, ref) => method.bind(ref.deref()));
  return [
    calling('weakProxy', first, () => ours),
    calling('bare Proxy over a WeakRef', second, () => bare),
    calling('bare Proxy, methods bound, which hold the target', third, () => bound),
    calling('strong reference', fourth, () => fourth),
  ];
}

export const figure: Figure = {
  id: 'weakProxy: call',
  operation: 'calling a method of the target',
  operations: 100_000,
  contenders: contenders(),
  goals: { 'bare Proxy over a WeakRef': 1.3 },
};
