import { rmSync, statSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { benchFolder } from './cache-folder.ts';
import { cpythonDump, multipliedSnapshot, SIZES, snapshotsOf, type SizeName, type SnapshotTriple } from './generate/snapshots.ts';
import type { EngineFigures, FileFigures, SizeFigures } from './measure/figures.ts';
import { devTools, median, memlabFindLeaks, memlabObjectSize, ours, prepareOurs, startOfOurs } from './measure/measure-tools.ts';
import { engineRows } from './report/engine-rows.ts';
import { renderTable } from './report/render-table.ts';
import { installRivals, RIVAL_VERSIONS, type Rivals } from './rivals/install-rivals.ts';

const HELP = `npm run bench:engine                   snapshots of 50, 250 and 1,000 MB, one above 4 GB, two CPython dumps; ours and rivals (15 min, 12 GB of disk, 10 GB of memory)
npm run bench:engine -- --quick        50 MB and the smaller dump only (1 min)
npm run bench:engine -- --no-rivals    ours only
npm run bench:engine -- --runs N       of each measurement, of which the median counts; default 3, and 1 for rivals above 50 MB
npm run bench:engine -- --json         the figures as JSON
Snapshots and rivals stay in HEAPTRAIL_BENCH_DIR, by default heaptrail-bench in the folder for temporary files.`;

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  const isQuick = args.includes('--quick');
  const runs = args.includes('--runs') ? Number(args[args.indexOf('--runs') + 1]) : undefined;
  const folder = benchFolder();
  const bench = { folder, runs, rivals: args.includes('--no-rivals') ? undefined : installRivals(folder) };
  const figures = await measureAll(bench, isQuick);
  if (args.includes('--json')) console.log(JSON.stringify(figures, undefined, 2));
  else console.log(pageOf(figures));
  return engineRows(figures).every(({ met }) => met !== false) ? 0 : 1;
}

interface Bench {
  readonly folder: string;
  readonly runs: number | undefined;
  readonly rivals: Rivals | undefined;
}

async function measureAll(bench: Bench, isQuick: boolean): Promise<EngineFigures> {
  const names = (Object.keys(SIZES) as SizeName[]).slice(0, isQuick ? 1 : undefined);
  const triples = names.map((name) => snapshotsOf(name, bench.folder));
  await prepareOurs();
  const start = await median(bench.runs ?? 3, startOfOurs);
  const sizes: SizeFigures[] = [];
  for (const triple of triples) sizes.push(await measureSize(triple, bench));
  const dumps: FileFigures[] = [];
  for (const millions of isQuick ? [1] : [1, 5])
    dumps.push(await measureFile(`${millions} M objects`, cpythonDump(millions * 1e6, bench.folder), bench));
  if (isQuick) return { node: process.versions.node, start, sizes, dumps };
  const multiplied = await measureFile('5 GB', multipliedSnapshot(triples[triples.length - 1], bench.folder), bench);
  return { node: process.versions.node, start, sizes, dumps, multiplied };
}

async function measureSize(triple: SnapshotTriple, bench: Bench): Promise<SizeFigures> {
  const { name, final, baseline, target, finalBytes } = triple;
  const ourRuns = bench.runs ?? 3;
  say(`${name}: ours`);
  const figures = {
    name,
    fileBytes: finalBytes,
    analyse: await median(ourRuns, () => ours('analyse', final)),
    growth: await median(ourRuns, () => ours('growth', baseline, target, final)),
    save: await ours('save', final),
    reopen: await median(ourRuns, () => ours('reopen', final)),
  };
  const { rivals } = bench;
  if (rivals === undefined) return figures;
  const rivalRuns = bench.runs ?? (finalBytes < 100e6 ? 3 : 1);
  const work = join(bench.folder, 'memlab-work');
  say(`${name}: the DevTools worker`);
  const devToolsAll = await median(rivalRuns, () => devTools(rivals, final, 'everything'));
  const devToolsSameOutputs = await median(rivalRuns, () => devTools(rivals, final, 'same outputs'));
  say(`${name}: memlab`);
  const objectSize = await median(rivalRuns, () => memlabObjectSize(rivals, final, work));
  const findLeaks = await median(rivalRuns, () => memlabFindLeaks(rivals, triple, work));
  rmSync(work, { recursive: true, force: true });
  return { ...figures, devTools: devToolsAll, devToolsSameOutputs, memlabObjectSize: objectSize, memlabFindLeaks: findLeaks };
}

async function measureFile(name: string, path: string, { runs }: Bench): Promise<FileFigures> {
  say(name);
  return { name, fileBytes: statSync(path).size, analyse: await median(runs ?? 3, () => ours('analyse', path)) };
}

function pageOf(figures: EngineFigures): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const steps = figures.sizes.map(({ name, analyse }) => {
    const { cpuSecondsByStep } = analyse.result;
    return `  ${name}: ${Object.entries(cpuSecondsByStep)
      .map(([step, seconds]) => `${step} ${seconds.toFixed(2)}`)
      .join(', ')}`;
  });
  return `
Node ${figures.node}, ${cpus().length} cores, ${memory} GiB; memlab ${RIVAL_VERSIONS.memlab}, DevTools ${RIVAL_VERSIONS['chrome-devtools-frontend']}
CPU seconds (user and system, all threads) and peak RSS of whole processes, as the system counts them at their end. Memory
is touched before each of them, ours and rivals alike, so that none pays for pages that the machine had given away. Ours
include ${figures.start.cpuSeconds.toFixed(2)} s for the start of Node and the modules. "The same outputs only" is DevTools with its steps for names
of objects and interfaces, samples, locations and native contexts replaced by nothing; it still makes retainers.

${renderTable(engineRows(figures))}

Steps of ours, CPU seconds:
${steps.join('\n')}
`;
}

function say(what: string): void {
  console.error(`Measuring ${what} …`);
}

process.exitCode = await main(process.argv.slice(2));
