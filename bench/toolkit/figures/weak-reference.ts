import { WeakReference } from '../../../packages/toolkit/src/index.ts';
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

function contenders(): Contender[] {
  const [first, second, third] = [new Target(), new Target(), new Target()];
  const reference = new WeakReference(first);
  const bare = new WeakRef(second);
  return [
    calling('WeakReference.require()', first, () => reference.require()),
    calling('bare WeakRef, with a check', second, () => {
      const target = bare.deref();
      if (target === undefined) throw new Error('gone');
      return target;
    }),
    calling('strong reference', third, () => third),
  ];
}

export const figure: Figure = {
  id: 'WeakReference: call',
  operation: 'calling a method of the target',
  operations: 100_000,
  contenders: contenders(),
  goals: { 'bare WeakRef, with a check': 1.3 },
};
