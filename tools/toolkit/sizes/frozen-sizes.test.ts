import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readFrozenSizes } from './frozen-sizes.ts';
import { measureSizes } from './measure-sizes.ts';

/** A tenth and a hundred bytes: what a fix may cost without anybody looking at it. */
const allowed = (bytes: number): number => bytes * 1.1 + 100;

it('no primitive grew since its size was frozen: measure with "npm run bench:toolkit -- --freeze-sizes none", and say why in the commit', async () => {
  const frozen = readFrozenSizes();
  const sizes = await measureSizes();
  const grown = sizes
    .filter(({ name, gzipBytes }) => gzipBytes > allowed(frozen[name] ?? Number.POSITIVE_INFINITY))
    .map(({ name, gzipBytes }) => `${name}: ${gzipBytes} B gzipped, ${frozen[name]} B frozen`);
  expect(grown).toEqual([]);
  expect(Object.keys(frozen).filter((name) => !sizes.some((size) => size.name === name))).toEqual([]);
});

it('docs/toolkit/README.md shows the frozen sizes', () => {
  const page = readFileSync(fileURLToPath(new URL('../../../docs/toolkit/README.md', import.meta.url)), 'utf8');
  const rows = [...page.matchAll(/^\| `?(\w+)`? \| [\d,]+ \| ([\d,]+) \|$/gm)];
  const shown = Object.fromEntries(rows.map(([, name, bytes]) => [name, Number(bytes.replaceAll(',', ''))]));
  expect(shown).toEqual(readFrozenSizes());
});
