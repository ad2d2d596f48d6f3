import { Finalizers } from '../../../packages/toolkit/src/index.ts';
import type { Contender, Figure } from '../figure.ts';

class Connection {
  readonly descriptor: number;
  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }
}

declare const gc: () => void;

/** From the first registration to the last callback, with the collections that it takes, which are the same for all. */
function collecting(name: string, register: (target: Connection, close: (descriptor: number) => void) => unknown): Contender {
  return {
    name,
    run: async (operations) => {
      let closed = 0;
      const close = (): void => {
        closed++;
      };
      for (let i = 0; i < operations; i++) register(new Connection(i), close);
      while (closed < operations) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        gc();
      }
      return closed;
    },
  };
}

function ours(): Contender {
  const finalizers = new Finalizers({ development: false });
  return collecting('Finalizers', (target, close) => finalizers.finalize(target, close, { args: [target.descriptor] }));
}

function bare(): Contender {
  interface Held {
    readonly callback: (...args: number[]) => void;
    readonly args: readonly number[];
  }
  const waiting = new Set<Held>();
  const registry = new FinalizationRegistry<Held>((held) => {
    waiting.delete(held);
    held.callback(...held.args);
  });
  return collecting('bare FinalizationRegistry', (target, callback) => {
    const held: Held = { callback: callback, args: [target.descriptor] };
    waiting.add(held);
    registry.register(target, held, held);
  });
}

export const figure: Figure = {
  id: 'finalize: collected',
  operation: 'registering a target, its collection, the callback',
  operations: 5000,
  contenders: [ours(), bare()],
  goals: { 'bare FinalizationRegistry': 1.3 },
};
