import { expect, it } from 'vitest';
import { loadNodes } from './testing/load-small.ts';

it('what the root holds itself is a root, also where it holds nothing further; groups that hold nothing are none', () => {
  const { roots } = loadNodes([
    {
      type: 'synthetic',
      edges: [
        ['element', 1, 1],
        ['element', 2, 2],
        ['element', 3, 3],
      ],
    },
    { name: 'Leaf' },
    { type: 'synthetic', name: '(Global handles)' },
    { type: 'synthetic', name: '(Stack roots)', edges: [['element', 1, 1]] },
  ]);
  expect(roots).toEqual([
    { kind: 'global', node: 1, name: 'Leaf' },
    { kind: 'interpreter', node: 3, name: '(Stack roots)' },
  ]);
});
