import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CouldNotRun } from '../exhibits/could-not-run.ts';
import { findPythons } from '../exhibits/find-python.ts';
import { runAtOnce } from '../exhibits/run-at-once.ts';
import { loadPrograms } from './program.ts';
import { runProgram } from './run-program.ts';
import { inAWord, renderTable } from './table.ts';

const HELP = `npm run healthy-waiters -- [words] [options]     watches programs that wait, and holds the reports against what is known of them

  words              only programs whose name has one of them
  --seconds N        of observation, each; default 600
  --at-once N        programs side by side; default 4
  --only KIND        healthy, leaky or twin
  --python PATH      instead of the newest that fits (also: HEAPTRAIL_PYTHON)
  --list             names only

Exit code: 0 when no healthy program was reported and every leaky one found, 1 otherwise, 2 for wrong usage.`;

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

async function main(): Promise<number> {
  const { values, positionals: words } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '600' },
      'at-once': { type: 'string', default: '4' },
      only: { type: 'string' },
      python: { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const seconds = Number(values.seconds);
  const atOnce = Number(values['at-once']);
  const isKind = values.only === undefined || ['healthy', 'leaky', 'twin'].includes(values.only);
  if (values.help || !(seconds > 0) || !(atOnce >= 1) || !isKind) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const programs = loadPrograms(join(ROOT, 'exhibits/waiters')).filter(
    ({ name, kind }) =>
      (words.length === 0 || words.some((word) => name.includes(word))) && (values.only === undefined || values.only === kind),
  );
  if (values.list) {
    console.log(programs.map(({ name, kind }) => `${name} (${kind})`).join('\n'));
    return 0;
  }
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const progress = (line: string): void => console.error(line);
  const setting = {
    root: ROOT,
    pythons: findPythons(values.python ?? process.env.HEAPTRAIL_PYTHON),
    seconds,
    outName: 'waiters',
    progress,
    signal: stop.signal,
  };
  let done = 0;
  const results = await runAtOnce(
    programs.map((program) => async () => {
      if (stop.signal.aborted) throw new CouldNotRun('interrupted');
      const result = await runProgram(program, setting);
      progress(`${++done} of ${programs.length}  ${program.name} (${program.kind})  ${inAWord(result)}`);
      return result;
    }),
    atOnce,
  );
  console.log(`\n${renderTable(results, seconds)}`);
  return results.every(({ judgement }) => judgement?.isRight === true) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof CouldNotRun)) throw error;
  console.error(`could not run: ${error.message}`);
  process.exitCode = 1;
}
