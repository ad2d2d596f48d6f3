import { expect, it } from 'vitest';
import { ResourcePool } from '../resource-pool/resource-pool.ts';
import { TaskPool } from '../task-pool/task-pool.ts';
import { AbortListeners } from './abort-listeners.ts';

/** Counts what is listened with; the rest is an ordinary signal. */
function countedSignal(): { controller: AbortController; counts: { now: number; most: number } } {
  const controller = new AbortController();
  const { signal } = controller;
  const counts = { now: 0, most: 0 };
  const add = signal.addEventListener.bind(signal) as (...args: unknown[]) => void;
  const remove = signal.removeEventListener.bind(signal) as (...args: unknown[]) => void;
  signal.addEventListener = (...args: unknown[]) => {
    counts.now++;
    counts.most = Math.max(counts.most, counts.now);
    add(...args);
  };
  signal.removeEventListener = (...args: unknown[]) => {
    counts.now--;
    remove(...args);
  };
  return { controller, counts };
}

it('all calls end with the signal, in the order in which they came, but those that were taken away', () => {
  const { controller, counts } = countedSignal();
  const listeners = new AbortListeners();
  const ended: string[] = [];
  const end = (): void => void ended.push('twice');
  listeners.add(controller.signal, () => ended.push('first'));
  const remove = listeners.add(controller.signal, () => ended.push('removed'));
  const removeTwin = listeners.add(controller.signal, end);
  listeners.add(controller.signal, end);
  remove();
  remove();
  removeTwin();
  expect(counts.now).toBe(1);
  controller.abort();
  expect(ended).toEqual(['first', 'twice']);
});

it('the listener goes with the last call, and comes again with the next', () => {
  const { controller, counts } = countedSignal();
  const listeners = new AbortListeners();
  for (let i = 0; i < 3; i++) {
    const removals = [1, 2, 3].map(() => listeners.add(controller.signal, () => undefined));
    expect(counts.now).toBe(1);
    for (const remove of removals) remove();
    expect(counts.now).toBe(0);
  }
});

it('a call that takes away the next while the signal aborts is heeded, and one that throws stops none', () => {
  const { signal } = new AbortController();
  const listeners = new AbortListeners();
  const ended: string[] = [];
  let abort = (): void => undefined;
  signal.addEventListener = (_: string, listener: unknown) => (abort = listener as () => void);
  let remove = (): void => undefined;
  listeners.add(signal, () => remove());
  remove = listeners.add(signal, () => ended.push('taken away'));
  listeners.add(signal, () => {
    throw new Error('no');
  });
  listeners.add(signal, () => ended.push('last'));
  expect(abort).toThrow('no');
  expect(ended).toEqual(['last']);
});

it('both pools listen once to a signal that many of their calls share', async () => {
  const { controller, counts } = countedSignal();
  const { signal } = controller;
  const pool = new ResourcePool({ maxSize: 1, create: () => ({}) });
  await Promise.all(Array.from({ length: 50 }, () => pool.use(() => Promise.resolve(), { signal })));
  expect(counts).toEqual({ now: 0, most: 1 });
  const tasks = new TaskPool({ concurrency: 3 });
  await Promise.all(Array.from({ length: 50 }, () => tasks.run(() => Promise.resolve(), { signal })));
  // One for those that wait, one for those that run.
  expect(counts).toEqual({ now: 0, most: 2 });
  await Promise.all([pool.close(), tasks.close()]);
});
