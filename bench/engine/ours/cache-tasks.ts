import { rmSync } from 'node:fs';
import { HeapCache, inflate, openHeapFile, recogniseFormat, type HeapFile } from '../../../packages/capture/src/index.ts';
import type { LoadOptions } from '../../../packages/core/src/formats/heap-format.ts';
import { heapFormats } from '../../../packages/core/src/formats/index.ts';
import { dominators } from '../../../packages/core/src/graph/dominators/index.ts';
import { noProgress } from '../../../packages/core/src/graph/progress.ts';
import type { CpuLaps } from './cpu-laps.ts';
import { resultOf, type OurResult } from './our-result.ts';

const OPTIONS: LoadOptions = { inflate, shallowSizes: 'owner', keepNames: false, progress: noProgress };

/** Loads a snapshot and keeps its columns and dominators where `reopenFromCache` finds them. */
export async function saveToCache(path: string, laps: CpuLaps): Promise<OurResult> {
  rmSync(`${path}.heaptrail-cache`, { force: true });
  const cache = cacheOf(await openHeapFile(path));
  laps.restart();
  const { graph } = cache.load(OPTIONS);
  const tree = dominators(graph);
  laps.lap('load and dominators');
  const saved = cache.save(tree);
  laps.lap('save');
  if (saved?.saved !== true) throw new Error(`nothing was kept: ${saved?.reason ?? 'the cache was there already'}`);
  return { ...resultOf(graph, tree, laps), cacheBytes: saved.sizeBytes };
}

/** All columns of the graph and its dominators from the cache, every one checked. */
export async function reopenFromCache(path: string, laps: CpuLaps): Promise<OurResult> {
  laps.restart();
  const cache = cacheOf(await openHeapFile(path));
  const { graph, tree } = cache.load(OPTIONS);
  laps.lap('graph');
  const dominatorTree = tree?.();
  laps.lap('dominators');
  if (cache.path === undefined || dominatorTree === undefined) throw new Error('the heap did not come from its cache');
  return resultOf(graph, dominatorTree, laps);
}

function cacheOf(file: HeapFile): HeapCache {
  return new HeapCache(file, recogniseFormat(file, heapFormats), { toolVersion: 'bench', minFileBytes: 0 });
}
