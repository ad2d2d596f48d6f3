import { expect, it } from 'vitest';
import { Bindings } from './bindings.ts';

it('a binding whose first value cannot be handed over is none: nobody has a handle to undo it', () => {
  const bindings = new Bindings();
  const [a, b] = [{ x: 1 }, { x: 0 }];
  bindings.watch(a, 'x');
  bindings.watch(b, 'x');
  const refuse = (value: number): number => {
    if (value > 0) throw new RangeError('too many');
    return value;
  };
  expect(() => bindings.bindTo(a, 'x', b, 'x', refuse)).toThrow(RangeError);
  expect(bindings.size).toBe(0);
  expect(() => bindings.bind(a, 'x', b, 'x', { forward: refuse })).toThrow(RangeError);
  expect(bindings.size).toBe(0);
  a.x = -3;
  expect(b.x).toBe(0);
});

it('converters that bind, unbind and set while a value is handed on neither hang nor leave the bindings unusable', () => {
  const bindings = new Bindings();
  const cells = Array.from({ length: 4 }, () => ({ x: 0 }));
  for (const cell of cells) bindings.watch(cell, 'x');
  const [a, b, c, d] = cells;
  const toB = bindings.bindTo(a, 'x', b, 'x', (x) => {
    if (x === 2) bindings.bindTo(a, 'x', c, 'x');
    if (x === 3) toB.unbind();
    return x;
  });
  a.x = 2;
  expect([b.x, c.x]).toEqual([2, 2]);
  a.x = 3;
  expect(c.x).toBe(3);
  a.x = 4;
  expect([b.x < 4, c.x]).toEqual([true, 4]);
  bindings.bindTo(c, 'x', d, 'x', (x) => {
    a.x = x + 1;
    return x;
  });
  c.x = 9;
  expect(d.x).toBe(9);
  a.x = 20;
  expect(c.x).toBe(20);
});
