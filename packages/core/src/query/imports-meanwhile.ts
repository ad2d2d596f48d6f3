import type { Growth, GrowthResult } from '../evidence/growth/index.ts';
import { ROOT } from '../graph/breadth-first.ts';
import type { NodeIndex } from '../graph/heap-graph.ts';
import type { AgentSample } from './session.ts';

/** How many modules the program had imported at a time; undefined where nobody counted. */
export type ModuleCount = (atMs: number) => number | undefined;

/** As the samples tell it: the last one before the time, or the first. */
export function moduleCount(samples: readonly Pick<AgentSample, 'atMs' | 'modules'>[]): ModuleCount {
  return (atMs) => (samples.findLast((sample) => sample.atMs <= atMs) ?? samples[0])?.modules;
}

/** Share of the objects that must have come with imports. */
const MOST = 0.5;
/** Objects whose roots are looked at. */
const MOST_LOOKED_AT = 200;

/**
 * Did a place grow because modules were imported? A program may import while it runs, at the first request of each kind, and
 * with every module come classes, tables of the interpreter and entries of the library's registries: start-up goes on. True
 * when modules were added whenever the place grew, and most of its objects were made by an import (or, where allocations were
 * not traced, belong to the library or the interpreter).
 */
export function cameWithImports(
  { graph, walk }: GrowthResult['heap'],
  { counts, timesMs, concrete }: Growth,
  objects: readonly NodeIndex[],
  modulesAt: ModuleCount,
): boolean {
  for (let dump = 1; dump < counts.length; dump++) {
    const before = modulesAt(timesMs[dump - 1]);
    const after = modulesAt(timesMs[dump]);
    if (before === undefined || after === undefined || (counts[dump] > counts[dump - 1] && after <= before)) return false;
  }
  const { language, sites } = graph;
  const isMadeByImport = (node: NodeIndex): boolean =>
    sites.frames(sites.siteOf(node)).some((frame) => language.isImportFrame?.(frame) === true);
  const traced = objects.filter((node) => sites.siteOf(node) >= 0);
  if (traced.length > 0) return traced.filter(isMadeByImport).length >= MOST * traced.length;
  const isOfLibrary = (node: NodeIndex): boolean => {
    let at = node;
    while (walk.parent[at] >= 0) at = walk.parent[at]!;
    const root = walk.parent[at] === ROOT ? graph.roots[walk.rootIndex[at]] : undefined;
    return root !== undefined && (root.kind === 'native' || root.kind === 'interpreter' || language.isLibraryModule(root.name));
  };
  // Where only entries rise (`sys.modules`), the container speaks for them.
  const looked = objects.length > 0 || concrete.holder === undefined ? objects.slice(0, MOST_LOOKED_AT) : [concrete.holder];
  return looked.length > 0 && looked.filter(isOfLibrary).length >= MOST * looked.length;
}
