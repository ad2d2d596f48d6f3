import { Finalizers } from '../../../packages/toolkit/src/index.ts';
import type { Contender, Figure } from '../figure.ts';

class Connection {
  readonly descriptor: number;
  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }
}

const close = (): void => undefined;

function ours(): Contender {
  const finalizers = new Finalizers({ development: false });
  return {
    name: 'Finalizers',
    run: (operations) => {
      for (let i = 0; i < operations; i++) {
        const handle = finalizers.finalize(new Connection(i), close, { args: [i] as [number] });
        if (i % 2 === 0) handle.detach();
      }
    },
  };
}

/** The least that can be detached: callback and arguments in one object, which is its own token. */
function bare(): Contender {
  interface Held {
    readonly callback: (...args: unknown[]) => unknown;
    readonly args: readonly unknown[];
  }
  const waiting = new Set<Held>();
  const registry = new FinalizationRegistry<Held>((held) => {
    waiting.delete(held);
    held.callback(...held.args);
  });
  return {
    name: 'bare FinalizationRegistry',
    run: (operations) => {
      for (let i = 0; i < operations; i++) {
        const held: Held = { callback: close, args: [i] };
        waiting.add(held);
        registry.register(new Connection(i), held, held);
        if (i % 2 === 0) {
          waiting.delete(held);
          registry.unregister(held);
        }
      }
    },
  };
}

function strong(): Contender {
  return {
    name: 'strong Map, closed by hand',
    run: (operations) => {
      const open = new Map<Connection, () => void>();
      for (let i = 0; i < operations; i++) {
        const connection = new Connection(i);
        open.set(connection, close);
        if (i % 2 === 0) open.delete(connection);
      }
      return open;
    },
  };
}

export const figure: Figure = {
  id: 'finalize',
  operation: 'registering, every second detached',
  operations: 5000,
  contenders: [ours(), bare(), strong()],
  goals: { 'bare FinalizationRegistry': 1.3 },
};
