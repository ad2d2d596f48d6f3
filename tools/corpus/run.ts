import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseReport, type Report } from '../../packages/core/src/report/index.ts';
import { alignedColumns } from '../aligned-columns.ts';
import { CouldNotRun } from '../exhibits/could-not-run.ts';
import { findPythons, type Python } from '../exhibits/find-python.ts';
import { runAtOnce } from '../exhibits/run-at-once.ts';
import { runProcess } from '../exhibits/run-process.ts';
import { ensureVenv, pythonOf } from '../exhibits/venv.ts';
import { answersOf, wordFor } from './judge-entry.ts';
import { commandOf, loadManifest, type Entry } from './manifest.ts';

const HELP = `npx tsx tools/corpus/run.ts FOLDER [ids] [options]

Runs the Python programs of a corpus of real leaks (FOLDER/manifest.json) under heaptrail, holds each report against what the
manifest knows, and prints a table. The corpus is not part of this repository.

  --fixed            the fixed twins instead
  --duration N       seconds of observation (60)

Exit code: 0 when all that leaks is found and all else clean, 1 otherwise, 2 for wrong usage.`;

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = join(ROOT, '.cache');
const EXTRA_SECONDS = 90;
const AT_ONCE = 2;

interface Row {
  readonly entry: Entry;
  readonly word: string;
  readonly report: Report | undefined;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { fixed: { type: 'boolean', default: false }, duration: { type: 'string', default: '60' } },
  });
  const [folder, ...ids] = positionals;
  const seconds = Number(values.duration);
  if (folder === undefined || !existsSync(join(folder, 'manifest.json')) || !(seconds > 0)) {
    console.error(HELP);
    return 2;
  }
  const entries = loadManifest(folder).filter(({ id }) => ids.length === 0 || ids.includes(id));
  const pythons = findPythons(process.env.HEAPTRAIL_PYTHON);
  const tasks = entries.map((entry) => async (): Promise<Row> => {
    const row = await rowOf(resolve(folder), entry, values.fixed, seconds, pythons);
    console.error(`${entry.id}  ${row.word}`);
    return row;
  });
  const rows = await runAtOnce(tasks, AT_ONCE);
  const head = ['id', 'python', 'verdict', 'dumps', 'result', 'line', 'holder', 'pattern', 'finding'];
  console.log(alignedColumns([head, ...rows.flatMap(linesOf)]).join('\n'));
  return rows.every(({ word }) => word === 'found' || word === 'clean') ? 0 : 1;
}

async function rowOf(folder: string, entry: Entry, fixed: boolean, seconds: number, pythons: readonly Python[]): Promise<Row> {
  const variant = entry.kind === 'healthy' ? 'healthy' : entry.kind === 'leak' && fixed ? 'fixed' : 'leak';
  try {
    const report = await reportOf(folder, entry, variant, seconds, pythons);
    return { entry, report, word: wordFor(report, entry, entry.kind === 'leak' && variant === 'leak') };
  } catch (error) {
    if (!(error instanceof CouldNotRun)) throw error;
    return { entry, report: undefined, word: `could not run: ${error.message.split('\n')[0]}` };
  }
}

async function reportOf(folder: string, entry: Entry, variant: string, seconds: number, pythons: readonly Python[]): Promise<Report> {
  const command = commandOf(entry, variant);
  if (command === undefined) throw new CouldNotRun(`there is no variant ${variant}`);
  const python = pythons.find(({ version }) => version.join('.') === entry.python);
  if (python === undefined) throw new CouldNotRun(`no Python ${entry.python} is here, or heaptrail does not support it`);
  const out = join(CACHE, 'corpus', `${entry.id}-${variant}`);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  let executable = python.executable;
  if (command.requirements.length > 0) {
    const file = join(out, 'requirements.txt');
    writeFileSync(file, `${command.requirements.join('\n')}\n`);
    executable = pythonOf(await ensureVenv(CACHE, python, file, (line) => console.error(line)));
  }
  const heaptrail = [process.execPath, join(ROOT, 'packages/cli/bin/heaptrail.mjs'), 'run', '--duration', `${seconds}s`, '--stop'];
  const json = join(out, 'report.json');
  const { tail } = await runProcess({
    command: [...heaptrail, '--json', json, '--out', join(out, 'session'), '--', executable, ...command.words],
    cwd: folder,
    env: { SECONDS: String(seconds + EXTRA_SECONDS), PYTHONDONTWRITEBYTECODE: '1', ...command.environment },
    timeoutMs: (seconds + EXTRA_SECONDS) * 1000,
  });
  if (!existsSync(json)) throw new CouldNotRun(`heaptrail wrote no report: ${tail.trim().split('\n').at(-1) ?? ''}`);
  return parseReport(JSON.parse(readFileSync(json, 'utf8')));
}

/** A line for a program, and one for each further finding. */
function linesOf({ entry, word, report }: Row): readonly (readonly string[])[] {
  const first = [
    entry.id,
    entry.python,
    report?.verdict ?? '-',
    String(report?.dumps.filter(({ counted }) => counted).length ?? '-'),
    word,
  ];
  const answers = (report?.findings ?? []).map((finding) => answersOf(finding, entry));
  const cells = answers.map(({ line, holder, pattern, text }) => [line, holder, pattern, text]);
  if (cells.length === 0) return [[...first, '', '', '', '']];
  return cells.map((row, i) => [...(i === 0 ? first : first.map(() => '')), ...row]);
}

process.exitCode = await main();
