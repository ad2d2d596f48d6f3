import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync, type BuildOptions } from 'esbuild';

/** The program as it was written. */
export const SOURCE = fileURLToPath(new URL('leak.ts', import.meta.url));

/** Where the function begins that makes all of its megabytes. */
export const PLANTED_LINE =
  readFileSync(SOURCE, 'utf8')
    .split('\n')
    .findIndex((line) => line.startsWith('function makePlantedRow')) + 1;

/** Compiles the program into a folder of its own, and says where its script lies. */
export function compile(folder: string, name: string, options: BuildOptions): string {
  const out = join(folder, name);
  mkdirSync(out);
  const outfile = join(out, options.format === 'esm' ? 'leak.mjs' : 'leak.cjs');
  buildSync({ entryPoints: [SOURCE], bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'silent', ...options });
  return outfile;
}
