import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type as systemName } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureWays, WAYS } from './measure-way.ts';
import { findRuntimes } from './runtimes.ts';
import { pageOf, rowsOf, textTable } from './table.ts';

const HELP = `npm run bench:references             strong, weak, cleared and finalized references on Node and every CPython; writes docs/toolkit/references-compared.md
npm run bench:references -- WORDS    only runtimes whose name has one of them ("Node", "3.12"); writes nothing
  --pairs N     of parent and child; default 300000
  --turns N     of which the median counts; default 5
  --json        the figures as JSON; writes nothing
HEAPTRAIL_PYTHONS names the CPythons, separated as in PATH; HEAPTRAIL_NODES_DIR is where other Nodes are kept.`;

const PAGE = join(import.meta.dirname, '../../docs/toolkit/references-compared.md');

function main(): number {
  let given: ReturnType<typeof parsed>;
  try {
    given = parsed();
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  const { values, positionals: words } = given;
  const pairs = Number(values.pairs);
  const turns = Number(values.turns);
  if (values.help || !Number.isInteger(pairs) || pairs < 1 || !Number.isInteger(turns) || turns < 1) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const load = loadavg()[0];
  const { runtimes, missing } = findRuntimes();
  const chosen = runtimes.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  if (chosen.length === 0) {
    console.error(`no runtime is named by ${words.join(' or ')}; here are ${runtimes.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const measured = chosen.flatMap((runtime) => {
    console.error(runtime.name);
    return measureWays(runtime, pairs, turns);
  });
  console.log(values.json ? JSON.stringify(measured, undefined, 2) : textTable(rowsOf(measured)));
  for (const what of missing) console.error(`missing: ${what}`);
  if (words.length === 0 && !values.json) {
    const machine = {
      processor: cpus()[0]?.model ?? 'an unknown processor',
      cores: cpus().length,
      memoryGB: Math.round(totalmem() / 1e9),
      system: `${systemName()} ${release().split('-')[0]}`,
      load,
      date: new Date().toISOString().slice(0, 10),
    };
    mkdirSync(dirname(PAGE), { recursive: true });
    writeFileSync(PAGE, pageOf(measured, machine, { pairs, turns, missing }));
  }
  return measured.length === chosen.length * WAYS.length && measured.every(({ left }) => left === 0) ? 0 : 1;
}

function parsed() {
  return parseArgs({
    allowPositionals: true,
    options: {
      pairs: { type: 'string', default: '300000' },
      turns: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
}

process.exitCode = main();
