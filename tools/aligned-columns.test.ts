import { expect, test } from 'vitest';
import { alignedColumns } from './aligned-columns.ts';

test('cells stand below each other, those from a column on to the right; rows may be short, and no line ends with spaces', () => {
  const rows = [
    ['what', 'ns', 'goal'],
    ['a long name', '7'],
    ['b', '1,200', ''],
  ];
  expect(alignedColumns(rows)).toEqual(['what         ns     goal', 'a long name  7', 'b            1,200']);
  expect(alignedColumns(rows, 1)).toEqual(['what            ns  goal', 'a long name      7', 'b            1,200']);
});
