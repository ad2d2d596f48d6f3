import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { printedNow, shapeOf, SHOWN_LEAKS, shownOn } from './leak-pages.ts';

vi.setConfig({ testTimeout: 240_000 });

const FOLDER = fileURLToPath(new URL('../../../docs/toolkit/', import.meta.url));
/** Neither a primitive nor a leak. */
const OTHER_PAGES = ['README.md', 'references-compared.md'];
const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md') && !OTHER_PAGES.includes(name));

it.each(SHOWN_LEAKS)('$page shows what heaptrail prints for $className', (leak) => {
  const shown = shownOn(leak);
  expect(shown, 'run "npx tsx tools/toolkit/docs/write-leak-pages.ts"').toBeDefined();
  expect(shapeOf(shown!), 'run "npx tsx tools/toolkit/docs/write-leak-pages.ts"').toBe(shapeOf(printedNow(leak)));
});

it.each(pages)(
  '%s says how the careless version leaks, how this one does not, what it holds, what it costs, and when not to use it',
  (name) => {
    const text = readFileSync(`${FOLDER}${name}`, 'utf8');
    expect(SHOWN_LEAKS.map(({ page }) => basename(page))).toContain(name);
    expect(text).toMatch(/^## How the careless .* leaks?$/m);
    expect(text).toMatch(/^## How th(is one does|ese do) not$/m);
    expect(text).toMatch(/strongly/i);
    expect(text).toMatch(/weakly/i);
    expect(text).toMatch(/O\(1\)|constant time|logarithmic|linear in/);
    expect(text).toMatch(/^## When not to use (it|them)$/m);
  },
);
