import { expect, test } from 'vitest';
import { Scratch } from './scratch.ts';

test('what was given is taken again, part by part, and never twice', () => {
  const scratch = new Scratch();
  const given = new Uint32Array(10);
  scratch.give(given);
  const parts = [scratch.take(4), scratch.take(6), scratch.take(1)];
  expect(parts.map(({ length }) => length)).toEqual([4, 6, 1]);
  expect(parts.map(({ buffer }) => buffer === given.buffer)).toEqual([true, true, false]);
  parts.forEach((part, at) => part.fill(at + 1));
  expect([...given]).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
});

test('what was given last and is long enough comes first', () => {
  const scratch = new Scratch();
  const [long, short] = [new Uint32Array(8), new Uint32Array(2)];
  scratch.give(long);
  scratch.give(short);
  expect(scratch.take(2).buffer).toBe(short.buffer);
  expect(scratch.take(3).buffer).toBe(long.buffer);
});
