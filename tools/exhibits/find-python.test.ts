import { expect, test } from 'vitest';
import { CouldNotRun } from './could-not-run.ts';
import { choosePython, isInRange, type Python } from './find-python.ts';

test.each([
  [[3, 9, 18], '>=3.9,<3.13', true],
  [[3, 13, 0], '>=3.9,<3.13', false],
  [[3, 12, 9], '>=3.9,<3.13', true],
  [[3, 8, 18], '>=3.9', false],
  [[3, 12, 1], '>=3.12.1', true],
] as const)('%j is in %s: %s', (version, range, wanted) => {
  expect(isInRange(version, range)).toBe(wanted);
});

const pythons: Python[] = [
  { executable: '/a/python3', version: [3, 13, 0] },
  { executable: '/b/python3', version: [3, 11, 7] },
];

test('the newest that fits is chosen', () => {
  expect(choosePython(pythons, '>=3.8').executable).toBe('/a/python3');
  expect(choosePython(pythons, '>=3.8,<3.13').executable).toBe('/b/python3');
});

test('where none fits, it is said which there are', () => {
  expect(() => choosePython(pythons, '<3.9')).toThrow(CouldNotRun);
  expect(() => choosePython(pythons, '<3.9')).toThrow('there are: 3.13.0, 3.11.7');
});
