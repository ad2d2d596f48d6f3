import { InvalidArgumentError } from 'commander';

/** How many heap dumps: growth needs two. */
export function parseDumps(text: string): number {
  const dumps = Number(text);
  if (!Number.isInteger(dumps) || dumps < 2 || dumps > 100)
    throw new InvalidArgumentError('Write a whole number from 2 to 100: growth is seen between dumps.');
  return dumps;
}
