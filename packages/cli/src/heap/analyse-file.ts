import { DiskSourceFiles, recogniseFormat, whileUnchanged, type HeapFile } from '@heaptrail/capture';
import type { Heap, HeapFormat, LoadedProfile, ProfileFormat } from '@heaptrail/core';
import { storeReport } from '../analysis/store-report.ts';
import { terminalLook } from '../output/terminal.ts';
import { writeAll } from '../output/write-all.ts';
import type { HeapFlags } from './heap-flags.ts';
import { withFile, withLoadedHeap } from './open-heap.ts';
import { printAnswer } from './print-answer.ts';

const HEAP_LIMITS = { dominators: { depth: 6, leastShare: 0.05 }, types: 12, cycles: 5 };
/** The page shows some; the rest is for `--json`. */
const PROFILE_ROWS = 100;

/** A first look at a file, whatever it is: a heap or a profile of allocations. */
export async function analyseFile(path: string, flags: HeapFlags): Promise<void> {
  const { heapFormats, profileFormats } = await import('@heaptrail/core');
  await withFile(path, async (file, progress) => {
    const format = recogniseFormat<HeapFormat | ProfileFormat>(file, [...heapFormats, ...profileFormats]);
    const heapFormat = heapFormats.find((each) => each === format);
    if (heapFormat !== undefined) return withLoadedHeap(file, heapFormat, flags, progress, (heap) => printHeap(heap, flags));
    const profile = whileUnchanged(file, () => (format as ProfileFormat).load(file.source, { progress }));
    return printProfile(profile, file, flags);
  });
}

async function printHeap(heap: Heap, flags: HeapFlags): Promise<void> {
  const [{ heapReport }, { renderHeapReport }] = await Promise.all([import('@heaptrail/core'), import('@heaptrail/reporters')]);
  const answer = heapReport(heap, HEAP_LIMITS);
  const summary = heap.summary();
  const document = { schema: 'heaptrail-heap/1', command: 'analyze', heap: summary, answer } as const;
  printAnswer(document, flags, (look) => renderHeapReport(summary, answer, look));
}

async function printProfile(loaded: LoadedProfile, file: HeapFile, flags: HeapFlags): Promise<void> {
  const [core, { renderProfile, renderProfileJson }] = await Promise.all([import('@heaptrail/core'), import('@heaptrail/reporters')]);
  const profile = core.withOriginalFrames(loaded.profile, new core.SourceMaps(new DiskSourceFiles()));
  const answer = core.profileAnswer(profile, PROFILE_ROWS);
  const summary = core.profileSummary({ ...loaded, profile }, file);
  const json = (): string => renderProfileJson({ schema: core.PROFILE_SCHEMA, command: 'analyze', profile: summary, answer });
  if (flags.json === true || flags.json === '-') {
    writeAll(1, json());
    return;
  }
  if (flags.json !== undefined) storeReport(flags.json, json());
  writeAll(1, renderProfile(summary, answer, { ...terminalLook(1, flags.color), baseDir: process.cwd() }));
}
