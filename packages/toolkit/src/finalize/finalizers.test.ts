import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotWeaklyHoldableError } from '../weak/not-weakly-holdable-error.ts';
import type { ExitHook } from './exit-hook.ts';
import { FinalizerHoldsTargetError, FinalizersDisposedError } from './finalize-errors.ts';
import { Finalizers } from './finalizers.ts';

/** The end of a program, on demand. */
class Ending implements ExitHook {
  readonly listeners = new Set<() => void>();
  onExit(run: () => void): () => void {
    this.listeners.add(run);
    return () => void this.listeners.delete(run);
  }
  end(): void {
    for (const run of this.listeners) run();
  }
}

describe('a finalizer', () => {
  it('runs once, when told, with its arguments, and gives what the callback gives', () => {
    const finalizers = new Finalizers();
    const target = {};
    const handle = finalizers.finalize(target, (name, count) => `${name} ${count}`, { args: ['closed', 3] });
    expect([handle.alive, finalizers.size]).toEqual([true, 1]);
    expect(handle.run()).toBe('closed 3');
    expect(handle.run()).toBeUndefined();
    expect([handle.alive, handle.detach(), finalizers.size]).toEqual([false, false, 0]);
  });

  it('does not run once it was detached', () => {
    const finalizers = new Finalizers();
    const handle = finalizers.finalize({}, () => 'ran');
    expect([handle.detach(), handle.run(), handle.alive]).toEqual([true, undefined, false]);
  });

  it('throws what its callback throws to whoever runs it, and is done', () => {
    const handle = new Finalizers().finalize({}, () => {
      throw new Error('no');
    });
    expect(() => handle.run()).toThrow('no');
    expect(handle.alive).toBe(false);
  });
});

describe('finalizeOnce', () => {
  it('registers nothing while there is one for the key and target', () => {
    const finalizers = new Finalizers();
    const [target, other] = [{}, {}];
    const first = finalizers.finalizeOnce('close', target, () => 1);
    for (let i = 0; i < 100; i++) expect(finalizers.finalizeOnce('close', target, () => 2)).toBe(first);
    expect(finalizers.size).toBe(1);
    expect(finalizers.finalizeOnce('close', other, () => 3)).not.toBe(first);
    expect(finalizers.finalizeOnce('flush', target, () => 4)).not.toBe(first);
    expect(finalizers.size).toBe(3);
    first.detach();
    expect(finalizers.finalizeOnce('close', target, () => 5).run()).toBe(5);
  });
});

describe('in development', () => {
  const finalizers = new Finalizers({ development: true });
  const target = { name: 'target' };

  it.each<[string, unknown[], string]>([
    ['the target itself', [1, target], 'argument 2 of a finalizer is the target itself'],
    ['an object that has it', [{ a: [0, { owner: target }] }], 'argument 1 of a finalizer leads to the target (.a[1].owner)'],
    ['a Map or Set that has it', [new Map([[1, new Set([target])]])], 'leads to the target (<value in Map><in Set>)'],
    ['its key in a Map', [new Map([[target, 1]])], 'leads to the target (<key in Map>)'],
  ])('an argument is refused that is %s', (_, args, message) => {
    const refused = (): unknown => finalizers.finalize(target, () => undefined, { args });
    expect(refused).toThrow(FinalizerHoldsTargetError);
    expect(refused).toThrow(message);
    expect(finalizers.size).toBe(0);
  });

  it('a callback is refused that is the target, or leads to it through its own properties', () => {
    const callback = Object.assign(() => undefined, { owner: target });
    expect(() => finalizers.finalize(target, callback)).toThrow('the callback of a finalizer leads to the target (.owner)');
    expect(() => finalizers.finalize(callback, callback)).toThrow('the callback of a finalizer is the target itself');
  });

  it('getters are not called, cycles end, and what only looks alike is taken', () => {
    const cycle: Record<string, unknown> = { target: { ...target } };
    cycle.self = cycle;
    const trap = Object.defineProperty({}, 'boom', { get: () => expect.unreachable(), enumerable: true });
    finalizers.finalize(target, () => undefined, { args: [cycle, trap, new Uint8Array(10)] }).detach();
  });

  it('is not checked in production', () => {
    const careless = new Finalizers({ development: false });
    careless.finalize(target, () => undefined, { args: [target] });
    expect(careless.size).toBe(1);
  });

  it('a target that is never collected is refused', () => {
    expect(() => finalizers.finalize('text' as never, () => undefined)).toThrow(NotWeaklyHoldableError);
  });
});

describe('at exit', () => {
  it('those run that are to, the latest first; one that throws is reported and stops none', async () => {
    const ending = new Ending();
    const errors: unknown[] = [];
    const ran: string[] = [];
    const finalizers = new Finalizers({ exitHook: ending, onError: (error) => errors.push(error) });
    const targets = [{}, {}, {}, {}, {}];
    finalizers.finalize(targets[0], () => ran.push('first'), { atExit: true });
    finalizers.finalize(targets[1], () => ran.push('not at exit'));
    const late = finalizers.finalize(targets[2], () => ran.push('told later'));
    finalizers.finalize(targets[3], () => Promise.reject(new Error('later')), { atExit: true });
    const throws = (): never => {
      throw new Error('at once');
    };
    finalizers.finalize(targets[4], throws, { atExit: true });
    late.atExit = true;
    ending.end();
    expect(ran).toEqual(['told later', 'first']);
    await Promise.resolve();
    expect(errors).toEqual([new Error('at once'), new Error('later')]);
    expect([finalizers.size, ending.listeners.size]).toEqual([1, 0]);
  });

  it('is listened to only while there is one to run', () => {
    const ending = new Ending();
    const finalizers = new Finalizers({ exitHook: ending });
    const handle = finalizers.finalize({}, () => undefined, { atExit: true });
    expect(ending.listeners.size).toBe(1);
    handle.atExit = false;
    expect(ending.listeners.size).toBe(0);
    handle.atExit = true;
    finalizers[Symbol.dispose]();
    expect([ending.listeners.size, handle.alive, finalizers.size]).toEqual([0, false, 0]);
    expect(() => finalizers.finalize({}, () => undefined)).toThrow(FinalizersDisposedError);
  });

  it('of this process: the listener comes and goes', () => {
    const before = process.listenerCount('exit');
    const handle = new Finalizers().finalize({}, () => undefined, { atExit: true });
    expect(process.listenerCount('exit')).toBe(before + 1);
    handle.run();
    expect(process.listenerCount('exit')).toBe(before);
  });

  it('of this process: as many as a program has do not make Node warn of a leak', async () => {
    const before = process.getMaxListeners();
    const warnings: string[] = [];
    const hear = (warning: Error): void => void warnings.push(warning.name);
    process.on('warning', hear);
    const handles = Array.from({ length: 40 }, () => new Finalizers().finalize({}, () => undefined, { atExit: true }));
    await new Promise((resolve) => setTimeout(resolve, 0));
    process.off('warning', hear);
    expect([warnings, process.getMaxListeners()]).toEqual([[], before + 40]);
    for (const handle of handles) handle.detach();
    expect(process.getMaxListeners()).toBe(before);
  });
});

/** A process of its own: what its exit does, no test can show from within. */
const PROGRAM = `
  import { Finalizers } from ${JSON.stringify(new URL('./finalizers.ts', import.meta.url).href)};
  const finalizers = new Finalizers({ onError: (error) => console.log('reported', error.message) });
  globalThis.targets = [{}, {}, {}, {}];
  finalizers.finalize(targets[0], () => console.log('first'), { atExit: true });
  finalizers.finalize(targets[1], () => { throw new Error('no'); }, { atExit: true });
  finalizers.finalize(targets[2], () => console.log('not at exit'));
  finalizers.finalize(targets[3], (text) => console.log(text), { args: ['last'], atExit: true });
  setTimeout(() => console.log('the program ends'), 1);
`;

it('a real process ends by itself, and runs them last', () => {
  const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', PROGRAM], { encoding: 'utf8' });
  expect([stdout.trim().split('\n'), status]).toEqual([['the program ends', 'last', 'reported no', 'first'], 0]);
});

describe('any sequence of uses', () => {
  it('leaves alive what was neither run nor detached, and runs each once', () => {
    const action = fc.tuple(fc.constantFrom('finalize', 'once', 'run', 'detach', 'exit'), fc.nat(3), fc.nat(5));
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const finalizers = new Finalizers({ exitHook: new Ending(), development: false });
        const targets = [{}, {}, {}, {}];
        const runs = new Map<number, number>();
        const handles: { handle: ReturnType<typeof finalizers.finalize>; live: boolean; atExit: boolean }[] = [];
        const known = new Map<string, number>();
        for (const [what, target, which] of actions) {
          const at = handles.length;
          const callback = (): void => void runs.set(at, (runs.get(at) ?? 0) + 1);
          const key = `${target} ${which}`;
          const before = known.get(key);
          if (what === 'once' && before !== undefined && handles[before].live) {
            expect(finalizers.finalizeOnce(which, targets[target], callback)).toBe(handles[before].handle);
          } else if (what === 'once') {
            known.set(key, at);
            handles.push({ handle: finalizers.finalizeOnce(which, targets[target], callback), live: true, atExit: false });
          } else if (what === 'finalize') {
            const atExit = which > 2;
            handles.push({ handle: finalizers.finalize(targets[target], callback, { atExit }), live: true, atExit });
          } else if (what === 'exit') {
            finalizers.runAtExit();
            for (const each of handles) if (each.atExit) each.live = false;
          } else if (which < handles.length) {
            handles[which].handle[what]();
            handles[which].live = false;
          }
        }
        expect(handles.map(({ handle }) => handle.alive)).toEqual(handles.map(({ live }) => live));
        expect(finalizers.size).toBe(handles.filter(({ live }) => live).length);
        for (const count of runs.values()) expect(count).toBe(1);
      }),
    );
  });
});
