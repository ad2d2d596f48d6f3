import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderSchema, SCHEMA_FILE } from './write-schema.ts';

test('the published schema is the one that the types give: run `npm run schema` when this fails', () => {
  expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(renderSchema());
});

test('the published schema refers to itself for the other processes of the tree', () => {
  const schema = JSON.parse(renderSchema()) as { properties: { processes: { items: unknown } } };
  expect(schema.properties.processes.items).toEqual({ $ref: '#' });
});
