import { InvalidArgumentError } from 'commander';

const MS_BY_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Timers hold no more than this. */
const MOST_MS = 2 ** 31 - 1;

/** `500ms`, `30s`, `5m`, `2h`, `1d` as milliseconds. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim());
  const durationMs = match === null ? NaN : Number(match[1]) * MS_BY_UNIT[match[2]];
  if (!(durationMs > 0)) throw new InvalidArgumentError('Write a number with its unit, for example 500ms, 30s, 5m, 2h or 1d.');
  if (durationMs > MOST_MS) throw new InvalidArgumentError('At most 24d.');
  return durationMs;
}
