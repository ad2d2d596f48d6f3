import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { reportSchema } from '../packages/core/src/report/index.ts';

/** Writes `protocol/report.schema.json` from the types. `--check` only compares and fails when the file is stale. */
export const SCHEMA_FILE = fileURLToPath(new URL('../protocol/report.schema.json', import.meta.url));

export function renderSchema(): string {
  // io 'input': a reader must accept fields that a later heaptrail adds, so additional properties stay allowed.
  const schema = z.toJSONSchema(reportSchema, { io: 'input', target: 'draft-2020-12' });
  const { $schema, ...rest } = schema;
  const titled = { $schema, $id: 'urn:heaptrail:report:1', title: 'heaptrail report, version 1', ...rest };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const rendered = renderSchema();
  if (process.argv.includes('--check')) {
    if (readFileSync(SCHEMA_FILE, 'utf8') !== rendered) {
      console.error('protocol/report.schema.json is stale: run `npm run schema` and commit it.');
      process.exitCode = 1;
    }
  } else {
    writeFileSync(SCHEMA_FILE, rendered);
  }
}
