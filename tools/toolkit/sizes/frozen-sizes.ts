import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PrimitiveSize } from './measure-sizes.ts';

const FROZEN = fileURLToPath(new URL('./frozen-sizes.json', import.meta.url));

/** Gzipped bytes by primitive, as they were measured when somebody last looked at them: `npm run bench:toolkit -- --freeze-sizes none`. */
export function readFrozenSizes(): Readonly<Record<string, number>> {
  return JSON.parse(readFileSync(FROZEN, 'utf8')) as Record<string, number>;
}

export function writeFrozenSizes(sizes: readonly PrimitiveSize[]): void {
  const frozen = Object.fromEntries(sizes.map(({ name, gzipBytes }) => [name, gzipBytes]));
  writeFileSync(FROZEN, `${JSON.stringify(frozen, undefined, 2)}\n`);
}
