import { expect, it } from 'vitest';
import type { ExitHook } from './exit-hook.ts';
import { Finalizers } from './finalizers.ts';

it('at exit, a report that throws does not stop the others', () => {
  const ends: (() => void)[] = [];
  const exitHook: ExitHook = {
    onExit: (run) => {
      ends.push(run);
      return () => undefined;
    },
  };
  const onError = (): never => {
    throw new Error('the reporter itself');
  };
  const finalizers = new Finalizers({ exitHook, onError });
  const targets = [{}, {}, {}];
  const ran: string[] = [];
  finalizers.finalize(targets[0], () => ran.push('first'), { atExit: true });
  const throws = (): never => {
    throw new Error('no');
  };
  finalizers.finalize(targets[1], throws, { atExit: true });
  finalizers.finalize(targets[2], () => ran.push('last'), { atExit: true });
  expect(() => ends[0]()).toThrow('the reporter itself');
  expect(ran).toEqual(['last', 'first']);
});

it('a misspelt method is refused where it is handed over, not forgotten until the end', () => {
  const finalizers = new Finalizers();
  const socket = { close: () => undefined } as { close: () => void; clsoe?: () => void };
  const misspelt = socket.clsoe as () => void;
  expect(() => finalizers.finalize(socket, misspelt)).toThrow('a finalizer expects a function to call, found undefined.');
  expect(() => finalizers.finalizeOnce('k', socket, misspelt)).toThrow(expect.objectContaining({ code: 'HEAPTRAIL_FINALIZER_CALLBACK' }));
  expect(finalizers.size).toBe(0);
});
