/**
 * `npm run bench:toolkit`: what the primitives cost, against the same written by hand and against what holds strongly, and how
 * large each is alone. Words pick figures (`-- weak pool`), `--json FILE` writes everything, `--freeze-sizes` writes the sizes that a
 * test holds on to.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bundleWithTypescript } from '../../tools/toolkit/bundle-with-typescript.ts';
import type { FigureMeasured } from './figure.ts';
import { measureSizes } from '../../tools/toolkit/sizes/measure-sizes.ts';
import { writeFrozenSizes } from '../../tools/toolkit/sizes/frozen-sizes.ts';
import { figureRows, sizeRows, tableOf } from './tables.ts';

const FIGURES = fileURLToPath(new URL('./figures/', import.meta.url));
/** Within the folder whose packages the figures import. */
const BUNDLES = fileURLToPath(new URL(`../../node_modules/.cache/heaptrail-bench-${process.pid}/`, import.meta.url));
const MEASURE = fileURLToPath(new URL('./measure-figure.ts', import.meta.url));

async function main(args: readonly string[]): Promise<void> {
  const jsonAt = args.indexOf('--json');
  const jsonPath = jsonAt === -1 ? undefined : args[jsonAt + 1];
  const words = args.filter((arg, at) => !arg.startsWith('--') && (jsonAt === -1 || at !== jsonAt + 1));
  const names = readdirSync(FIGURES)
    .filter((name) => name.endsWith('.ts') && (words.length === 0 || words.some((word) => name.includes(word))))
    .sort();
  const runtime = `Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'}`;
  console.log(`${runtime}; time of one operation, median of interleaved stretches; ratio: ours to that contender\n`);
  const figures: FigureMeasured[] = [];
  for (const name of names) {
    const figure = measureInItsOwnProcess(name, await runnable(name));
    if (figure === undefined) continue;
    figures.push(figure);
    console.log(`${tableOf(figureRows(figure))}\n`);
  }
  rmSync(BUNDLES, { recursive: true, force: true });
  const sizes = await measureSizes();
  console.log(tableOf(sizeRows(sizes)));
  if (args.includes('--freeze-sizes')) writeFrozenSizes(sizes);
  if (jsonPath !== undefined) writeFileSync(jsonPath, `${JSON.stringify({ runtime, figures, sizes }, undefined, 2)}\n`);
}

/** Decorators are compiled as `tsc` does it; the rest runs as it is. */
async function runnable(name: string): Promise<string> {
  const path = `${FIGURES}${name}`;
  if (!/\baccessor\b/.test(readFileSync(path, 'utf8'))) return path;
  mkdirSync(BUNDLES, { recursive: true });
  const bundle = `${BUNDLES}${name.replace(/\.ts$/, '.mjs')}`;
  writeFileSync(bundle, await bundleWithTypescript(path));
  return bundle;
}

function measureInItsOwnProcess(name: string, path: string): FigureMeasured | undefined {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', MEASURE, path], {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const line = stdout.trim().split('\n').pop() ?? '';
  if (status === 0 && line.startsWith('{')) return JSON.parse(line) as FigureMeasured;
  console.error(`${name}: no figure (exit code ${status})\n${stderr.trim()}\n`);
  process.exitCode = 1;
  return undefined;
}

void main(process.argv.slice(2));
