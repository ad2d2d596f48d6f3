import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { table, type Figure } from './figure.ts';
import { measureGrowth } from './growth/measure-growth.ts';

const HELP = `npm run bench                    figures of the dumper and of the core, beside their goals
npm run bench -- --json          the same as JSON
npm run bench -- --objects N     default 1000000
HEAPTRAIL_PYTHON names the interpreter; default python3.`;
const FOLDER = dirname(fileURLToPath(import.meta.url));

interface Dumped {
  readonly python: string;
  readonly rssBytes: number;
  readonly dumps: readonly {
    readonly path: string;
    readonly status: string;
    readonly pauseMs: number;
    readonly childCpuMs: number;
    readonly bytes: number;
  }[];
}

function main(args: readonly string[]): number {
  if (args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  const objects = args.includes('--objects') ? Number(args[args.indexOf('--objects') + 1]) : 1_000_000;
  const folder = mkdtempSync(join(tmpdir(), 'heaptrail-bench-'));
  try {
    const python = process.env.HEAPTRAIL_PYTHON ?? 'python3';
    console.error(`Five dumps of ${objects} objects with ${python} …`);
    const { status, stdout, stderr } = spawnSync(python, [join(FOLDER, 'growth/five_dumps.py'), String(objects), folder], {
      encoding: 'utf8',
    });
    if (status !== 0) {
      console.error(`The program that is dumped failed: ${stderr}`);
      return 1;
    }
    const dumped = JSON.parse(stdout) as Dumped;
    console.error('Reading them, and growth between them …');
    const times = measureGrowth(dumped.dumps.map((dump) => dump.path));
    const figures = figuresOf(dumped, times);
    if (args.includes('--json'))
      console.log(JSON.stringify({ python: dumped.python, rssBytes: dumped.rssBytes, objects: times.objects, figures }, undefined, 2));
    else {
      console.log(
        `\nCPython ${dumped.python}, ${times.objects} objects, RSS ${Math.round(dumped.rssBytes / 1e6)} MB, ${times.growths} growing place found\n`,
      );
      console.log(table(figures));
    }
    return figures.every((figure) => figure.value <= figure.goal) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf({ dumps, rssBytes }: Dumped, times: ReturnType<typeof measureGrowth>): Figure[] {
  const perMillion = 1_000_000 / times.objects;
  const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  return [
    {
      name: 'CPU of the dumping child, a million objects',
      value: (median(dumps.map((dump) => dump.childCpuMs)) / 1000) * perMillion,
      unit: 's',
      goal: 2,
    },
    { name: 'dump file, an object', value: median(dumps.map((dump) => dump.bytes)) / times.objects, unit: 'bytes', goal: 35 },
    {
      name: 'pause of the program, at 100 MB of RSS',
      value: (median(dumps.map((dump) => dump.pauseMs)) * 100e6) / rssBytes,
      unit: 'ms',
      goal: 15,
    },
    { name: 'reading a dump in Node, a million objects', value: (times.readMs / 1000) * perMillion, unit: 's', goal: 1 },
    { name: 'growth between five dumps in Node, a million objects', value: (times.growthMs / 1000) * perMillion, unit: 's', goal: 1 },
  ];
}

process.exitCode = main(process.argv.slice(2));
