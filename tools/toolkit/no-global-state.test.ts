import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../../packages/toolkit/src/', import.meta.url));

/** Of the toolkit itself, not of its tests and programs. */
const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/(^|\/)(programs|testing)\//.test(file),
);

/** Variables of a module, and tables in its constants, unless their type is that of a constant one. */
const STATE =
  /^(?:export )?(?:let|var) .*|^(?:export )?const (?!.*: Readonly(?:Map|Set)\b).*new (?:Map|Set|WeakMap|WeakSet|WeakRef|FinalizationRegistry)\b.*/gm;

it('no module of the toolkit keeps anything that changes: every registry is an object that one can dispose', () => {
  expect(files.length).toBeGreaterThan(80);
  const found = files.flatMap((file) => (readFileSync(join(SOURCES, file), 'utf8').match(STATE) ?? []).map((line) => `${file}: ${line}`));
  expect(found).toEqual([]);
});
