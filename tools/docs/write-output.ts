/** Fills the pages in `docs/heap` with what the commands print: `npm run docs:output`. Every block below a `<!-- $ command -->` line is replaced. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = join(ROOT, 'docs/heap');
const BIN = join(ROOT, 'packages/cli/bin/heaptrail.mjs');
const MOST_LINES = 44;

const BLOCK = /(<!-- \$ (.+?) -->\n```text\n)[\s\S]*?(```\n)/g;

const folder = mkdtempSync(join(tmpdir(), 'heaptrail-docs-'));
try {
  makeHeaps();
  for (const name of readdirSync(PAGES).filter((each) => each.endsWith('.md'))) {
    const page = join(PAGES, name);
    const text = readFileSync(page, 'utf8');
    const filled = text.replace(
      BLOCK,
      (_, head: string, command: string, tail: string) => `${head}$ ${command}\n${outputOf(command)}${tail}`,
    );
    if (filled !== text) writeFileSync(page, filled);
    console.log(`${name}: ${[...text.matchAll(BLOCK)].length} commands`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Two snapshots of the shop in JavaScript, and two dumps of the one in Python. */
function makeHeaps(): void {
  execFileSync(process.execPath, ['--expose-gc', join(ROOT, 'docs/examples/shop.mjs'), folder], { stdio: 'ignore' });
  const run = [
    'run',
    '--duration',
    '20s',
    '--stop',
    '--quiet',
    '--dumps',
    '3',
    '--out',
    'session',
    '--',
    'python3',
    join(ROOT, 'docs/examples/shop.py'),
  ];
  execFileSync(process.execPath, [BIN, ...run], { cwd: folder, stdio: 'inherit' });
  const [worker] = readdirSync(join(folder, 'session/processes'));
  const dumps = join(folder, 'session/processes', worker);
  // On a busy machine not all dumps that were wanted are made.
  const names = readdirSync(dumps)
    .filter((name) => /^dump-\d\.heap$/.test(name))
    .sort();
  if (names.length < 2)
    throw new Error(`expected two dumps of docs/examples/shop.py or more, found ${names.length}; try again when the machine is less busy`);
  copyFileSync(join(dumps, names[0]), join(folder, 'shop-py-1.heap'));
  copyFileSync(join(dumps, names[names.length - 1]), join(folder, 'shop-py-2.heap'));
}

/** What a person sees, cut where it gets long. Lines are those of the shell: `heaptrail` is the product of this checkout. */
function outputOf(command: string): string {
  const [tool, ...args] = command.split(' ');
  if (tool !== 'heaptrail') throw new Error(`expected a heaptrail command, found "${command}"`);
  const { stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const lines = `${stdout}${stderr}`.replaceAll(ROOT, '…').trimEnd().split('\n');
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), `… (${lines.length - MOST_LINES} more lines)`] : lines;
  return `${shown.map((line) => line.trimEnd()).join('\n')}\n`;
}
