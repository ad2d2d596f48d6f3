import { Finalizers } from '../../../packages/toolkit/src/index.ts';
import type { Contender, Figure } from '../figure.ts';

class Connection {
  readonly descriptor: number;
  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }
}

const close = (): void => undefined;

/** So many that each contender is interrupted by collections: with a few thousand, one has them all and the other none. */
const OPERATIONS = 40_000;
const targets = Array.from({ length: OPERATIONS }, (_, at) => new Connection(at));

function ours(): Contender {
  const finalizers = new Finalizers({ development: false });
  return {
    name: 'Finalizers',
    run: () => {
      const handles = targets.map((target) => finalizers.finalize(target, close, { args: [target.descriptor] }));
      for (const handle of handles) handle.detach();
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
    run: () => {
      const all = targets.map((target) => {
        const held: Held = { callback: close, args: [target.descriptor] };
        waiting.add(held);
        registry.register(target, held, held);
        return held;
      });
      for (const held of all) {
        waiting.delete(held);
        registry.unregister(held);
      }
    },
  };
}

function strong(): Contender {
  const open = new Map<Connection, readonly [callback: () => void, args: readonly unknown[]]>();
  return {
    name: 'strong Map, closed by hand',
    run: () => {
      for (const target of targets) open.set(target, [close, [target.descriptor]]);
      for (const target of targets) open.delete(target);
    },
  };
}

export const figure: Figure = {
  id: 'finalize: register, detach',
  operation: 'registering a target and detaching it',
  operations: OPERATIONS,
  contenders: [ours(), bare(), strong()],
  goals: { 'bare FinalizationRegistry': 1.3 },
};
