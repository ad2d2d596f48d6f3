import { InvalidArgumentError } from 'commander';

/** A whole number above zero. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('Write a whole number above zero.');
  return count;
}
