import { whileUnchanged, type HeapFile } from '../../../packages/capture/src/heap-file/heap-file.ts';
import { openHeapFile } from '../../../packages/capture/src/heap-file/open-heap-file.ts';
import { recogniseFormat } from '../../../packages/capture/src/heap-file/recognise-format.ts';
import { inflate } from '../../../packages/capture/src/session/inflate.ts';
import { survivors } from '../../../packages/core/src/evidence/difference/index.ts';
import type { LoadedHeap, LoadOptions } from '../../../packages/core/src/formats/heap-format.ts';
import { heapFormats } from '../../../packages/core/src/formats/index.ts';
import { bornBetween, identitiesOf, knownObjects, type KnownObjects } from '../../../packages/core/src/graph/difference/index.ts';
import { distances } from '../../../packages/core/src/graph/distances.ts';
import { dominators } from '../../../packages/core/src/graph/dominators/index.ts';
import { histogram } from '../../../packages/core/src/graph/histogram/index.ts';
import { noProgress } from '../../../packages/core/src/graph/progress.ts';
import { Scratch } from '../../../packages/core/src/graph/scratch.ts';
import { CpuLaps } from './cpu-laps.ts';
import { resultOf, type OurResult } from './our-result.ts';

const TASKS = { start, analyse, growth, save, reopen } as const;
const OPTIONS: LoadOptions = { inflate, shallowSizes: 'owner', keepNames: false, progress: noProgress };
const laps = new CpuLaps();

/** Does a task and prints its result as JSON. */
export async function main([task, ...paths]: readonly string[]): Promise<void> {
  if (!Object.hasOwn(TASKS, task)) throw new Error(`no task "${task}": ${Object.keys(TASKS).join(', ')}`);
  console.log(JSON.stringify(await TASKS[task as keyof typeof TASKS](...(paths as readonly string[] as [string, string, string]))));
}

/** Nothing but the modules. */
function start(): undefined {
  return undefined;
}

async function analyse(path: string): Promise<OurResult> {
  const { graph } = load(await openHeapFile(path));
  laps.lap('load');
  const scratch = new Scratch();
  const tree = dominators(graph, noProgress, scratch);
  laps.lap('dominators and retained sizes');
  distances(graph, noProgress, scratch);
  laps.lap('distances');
  histogram(graph, tree, noProgress, scratch);
  laps.lap('histogram');
  return resultOf(graph, tree, laps);
}

/** What `memlab find-leaks` looks for: objects born between the first two snapshots that the third still holds, by type. */
async function growth(...[baselinePath, targetPath, finalPath]: readonly [string, string, string]): Promise<OurResult> {
  const baseline = await known(baselinePath);
  laps.lap('baseline');
  const target = await known(targetPath);
  laps.lap('target');
  const { graph } = load(await openHeapFile(finalPath));
  laps.lap('load');
  const tree = dominators(graph);
  laps.lap('dominators and retained sizes');
  const { groups, retainedBytes } = survivors(graph, tree, bornBetween(baseline, target, graph));
  laps.lap('survivors');
  const found = groups.slice(0, 5).map((group) => `${graph.types[group.type].displayName} x${group.objects}, ${group.retainedBytes} bytes`);
  return { ...resultOf(graph, tree, laps), retainedBytes, found };
}

async function save(path: string): Promise<OurResult> {
  const { saveToCache } = await import('./cache-tasks.ts');
  return saveToCache(path, laps);
}

async function reopen(path: string): Promise<OurResult> {
  const { reopenFromCache } = await import('./cache-tasks.ts');
  return reopenFromCache(path, laps);
}

/** Of a whole heap only who was there stays in memory. Nobody asks for its sizes: they need not be moved to owners. */
async function known(path: string): Promise<KnownObjects> {
  const file = await openHeapFile(path);
  const objects = knownObjects(identitiesOf(load(file, { ...OPTIONS, shallowSizes: 'raw' }).graph));
  file.close();
  return objects;
}

function load(file: HeapFile, options = OPTIONS): LoadedHeap {
  return whileUnchanged(file, () => recogniseFormat(file, heapFormats).load(file.source, options));
}
