import { rmSync } from 'node:fs';
import { HeapCache, openHeapFile, inflate, recogniseFormat, whileUnchanged, type HeapFile } from '../../../packages/capture/src/index.ts';
import { survivors } from '../../../packages/core/src/evidence/difference/index.ts';
import type { LoadedHeap, LoadOptions } from '../../../packages/core/src/formats/heap-format.ts';
import { heapFormats } from '../../../packages/core/src/formats/index.ts';
import { bornBetween, identitiesOf, knownObjects, type KnownObjects } from '../../../packages/core/src/graph/difference/index.ts';
import { distances } from '../../../packages/core/src/graph/distances.ts';
import { dominators, type DominatorTree } from '../../../packages/core/src/graph/dominators/index.ts';
import type { HeapGraph } from '../../../packages/core/src/graph/heap-graph.ts';
import { histogram } from '../../../packages/core/src/graph/histogram/index.ts';
import { noProgress } from '../../../packages/core/src/graph/progress.ts';
import { CpuLaps } from './cpu-laps.ts';

/** What a task of ours prints, as one line of JSON. */
export interface OurResult {
  readonly cpuSecondsByStep: Readonly<Record<string, number>>;
  readonly nodes: number;
  readonly edges: number;
  /** By the root; by the survivors alone for `growth`. */
  readonly retainedBytes: number;
  /** What was found, for `growth`: the types of survivors that retain most. */
  readonly found?: readonly string[];
  readonly cacheBytes?: number;
}

const TASKS = { start, analyse, growth, save, reopen } as const;
const OPTIONS: LoadOptions = { inflate, shallowSizes: 'owner', keepNames: false, progress: noProgress };
const laps = new CpuLaps();
const [task, ...paths] = process.argv.slice(2);
if (!Object.hasOwn(TASKS, task)) throw new Error(`no task "${task}": ${Object.keys(TASKS).join(', ')}`);
console.log(JSON.stringify(await TASKS[task as keyof typeof TASKS](...(paths as [string, string, string]))));

/** Nothing but the modules. */
function start(): undefined {
  return undefined;
}

async function analyse(path: string): Promise<OurResult> {
  const { graph } = load(await openHeapFile(path));
  laps.lap('load');
  const tree = dominators(graph);
  laps.lap('dominators and retained sizes');
  distances(graph);
  laps.lap('distances');
  histogram(graph, tree);
  laps.lap('histogram');
  return resultOf(graph, tree);
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
  return { ...resultOf(graph, tree), retainedBytes, found };
}

/** Loads a snapshot and keeps its columns and dominators where `reopen` finds them. */
async function save(path: string): Promise<OurResult> {
  rmSync(`${path}.heaptrail-cache`, { force: true });
  const file = await openHeapFile(path);
  const cache = cacheOf(file);
  const { graph } = cache.load(OPTIONS);
  const tree = dominators(graph);
  laps.lap('load and dominators');
  const saved = cache.save(tree);
  laps.lap('save');
  if (saved?.saved !== true) throw new Error(`nothing was kept: ${saved?.reason ?? 'the cache was there already'}`);
  return { ...resultOf(graph, tree), cacheBytes: saved.sizeBytes };
}

/** All columns of the graph and its dominators from the cache, every one checked. */
async function reopen(path: string): Promise<OurResult> {
  const cache = cacheOf(await openHeapFile(path));
  const { graph, tree } = cache.load(OPTIONS);
  laps.lap('graph');
  const dominatorTree = tree?.();
  laps.lap('dominators');
  if (cache.path === undefined || dominatorTree === undefined) throw new Error('the heap did not come from its cache');
  return resultOf(graph, dominatorTree);
}

function cacheOf(file: HeapFile): HeapCache {
  return new HeapCache(file, recogniseFormat(file, heapFormats), { toolVersion: 'bench', minFileBytes: 0 });
}

function resultOf({ nodeCount, edgeCount }: HeapGraph, tree: DominatorTree): OurResult {
  return { cpuSecondsByStep: laps.seconds, nodes: nodeCount, edges: edgeCount, retainedBytes: tree.totalBytes };
}

/** Of a whole heap only who was there stays in memory. */
async function known(path: string): Promise<KnownObjects> {
  const file = await openHeapFile(path);
  const objects = knownObjects(identitiesOf(load(file).graph));
  file.close();
  return objects;
}

function load(file: HeapFile): LoadedHeap {
  return whileUnchanged(file, () => recogniseFormat(file, heapFormats).load(file.source, OPTIONS));
}
