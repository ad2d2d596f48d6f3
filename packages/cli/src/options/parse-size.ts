import { InvalidArgumentError } from 'commander';

const BYTES_BY_UNIT: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** `0`, `500kB`, `10MB`, `1.5 GiB` as bytes. */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  const bytes = match === null ? NaN : Number(match[1]) * (BYTES_BY_UNIT[match[2].toLowerCase()] ?? NaN);
  if (!Number.isFinite(bytes)) throw new InvalidArgumentError('Write a number with its unit, for example 500kB, 10MB or 1GiB.');
  return bytes;
}
