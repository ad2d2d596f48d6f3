import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { GrowthTracker } from '../../packages/core/src/evidence/growth/index.ts';
import { loadDump } from '../../packages/core/src/formats/cpython-dump/index.ts';

export interface GrowthTimes {
  readonly objects: number;
  /** For the slowest of the dumps. */
  readonly readMs: number;
  /** Walks of all dumps and the judgement between them. */
  readonly growthMs: number;
  readonly growths: number;
}

/** Reads dumps one after the other and follows growth between them, as the product does. Once without being counted, for the compiler's sake. */
export function measureGrowth(paths: readonly string[]): GrowthTimes {
  measureOnce(paths.slice(0, 2));
  return measureOnce(paths);
}

function measureOnce(paths: readonly string[]): GrowthTimes {
  const tracker = new GrowthTracker();
  let readMs = 0;
  let growthMs = 0;
  let objects = 0;
  for (const [i, path] of paths.entries()) {
    const bytes = readFileSync(path);
    const began = performance.now();
    const { graph } = loadDump(bytes, (stored, rawBytes) => inflateSync(stored, { maxOutputLength: Math.max(1, rawBytes) }));
    const read = performance.now();
    tracker.add(graph, i * 1000);
    growthMs += performance.now() - read;
    readMs = Math.max(readMs, read - began);
    objects = graph.nodeCount;
  }
  const began = performance.now();
  const growths = tracker.result()?.growths.length ?? 0;
  return { objects, readMs, growthMs: growthMs + performance.now() - began, growths };
}
