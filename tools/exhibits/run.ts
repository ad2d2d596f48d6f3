import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CouldNotRun } from './could-not-run.ts';
import { loadExhibits } from './exhibit.ts';
import { findPythons } from './find-python.ts';
import { variantTasks, type VariantJudgement } from './judge-exhibit.ts';
import { runAtOnce } from './run-at-once.ts';
import { goalIsMet, renderTable, rowsOf, totalOf } from './table.ts';

const HELP = `npm run exhibits -- [names] [options]     runs the exhibits under heaptrail and holds the reports against what is known

  --fast             only those of the standard library
  --mutate           names, lines and containers of the programs (and names and lines of the library) are changed first
  --seed N           for --mutate; default 1
  --python PATH      instead of the newest that fits (also: HEAPTRAIL_PYTHON)
  --duration N       seconds of observation, instead of what each exhibit says
  --json             the rows and judgements as JSON on standard output
  --list             names only

Exit code: 0 when every goal is met, 1 when one is missed or something could not run, 2 for wrong usage.`;

/** A wrong word on the command line. */
class WrongUsage extends Error {}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Two cores: a third program would measure the waiting of the first. */
const AT_ONCE = 2;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      fast: { type: 'boolean', default: false },
      mutate: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      python: { type: 'string' },
      duration: { type: 'string' },
      json: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const all = loadExhibits(join(ROOT, 'exhibits'));
  const unknown = positionals.filter((name) => !all.some((exhibit) => exhibit.name === name));
  if (unknown.length > 0) throw new WrongUsage(`no exhibit is called ${unknown.join(', ')}; --list names them`);
  const chosen = all.filter(({ name, fast }) => (positionals.length === 0 || positionals.includes(name)) && (fast || !values.fast));
  if (values.list) {
    console.log(chosen.map(({ name, fast }) => `${name}${fast ? ' (fast)' : ''}`).join('\n'));
    return 0;
  }
  const durationSeconds = values.duration === undefined ? undefined : positiveNumber(values.duration, '--duration');
  const mutateSeed = values.mutate ? positiveNumber(values.seed, '--seed') : undefined;
  const heaptrail = join(ROOT, 'packages/cli/bin/heaptrail.mjs');
  if (!existsSync(heaptrail)) throw new CouldNotRun(`${heaptrail} is not there`);
  const pythons = findPythons(values.python ?? process.env.HEAPTRAIL_PYTHON);

  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const progress = (line: string): void => console.error(line);
  const setting = {
    cacheFolder: join(ROOT, '.cache'),
    heaptrail,
    pythons,
    durationSeconds,
    mutateSeed,
    outName: 'exhibits',
    progress,
    signal: stop.signal,
  };
  const tasks = chosen.flatMap((exhibit) => variantTasks(exhibit, setting));
  let done = 0;
  const announced = tasks.map((task) => async () => {
    if (stop.signal.aborted) throw new CouldNotRun('interrupted');
    const judgement = await task();
    progress(`${++done} of ${tasks.length}  ${judgement.exhibit} ${judgement.variant}  ${judgement.seconds} s  ${inAWord(judgement)}`);
    return judgement;
  });
  const judgements = await runAtOnce(announced, AT_ONCE);
  const rows = rowsOf(judgements);
  const met = rows.every(goalIsMet);
  if (values.json) console.log(JSON.stringify({ met, seed: mutateSeed ?? null, rows, total: totalOf(rows), judgements }, undefined, 2));
  else console.log(`\n${renderTable(rows)}\n\n${met ? 'Every goal is met.' : 'A goal is missed.'}`);
  return met ? 0 : 1;
}

function inAWord({ outcome }: VariantJudgement): string {
  switch (outcome.kind) {
    case 'could-not-run':
      return `could not run: ${outcome.reason}`;
    case 'broken':
      return outcome.leaks.every(({ found }) => found) ? 'found' : 'NOT FOUND';
    case 'healthy':
      return outcome.clean ? 'clean' : 'NOT CLEAN';
  }
}

function positiveNumber(text: string, option: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new WrongUsage(`${option} takes a number above 0, not "${text}"`);
  return number;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof CouldNotRun) {
    console.error(`could not run: ${error.message}`);
    process.exitCode = 1;
  } else if (error instanceof WrongUsage || (error instanceof TypeError && 'code' in error)) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exitCode = 2;
  } else throw error;
}
