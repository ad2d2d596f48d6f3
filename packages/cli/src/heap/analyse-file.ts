import { DiskSourceFiles, recogniseFormat, whileUnchanged, type HeapFile } from '@heaptrail/capture';
import {
  heapFormats,
  heapReport,
  PROFILE_SCHEMA,
  profileAnswer,
  profileFormats,
  profileSummary,
  SourceMaps,
  withOriginalFrames,
  type Heap,
  type HeapFormat,
  type LoadedProfile,
  type ProfileDocument,
  type ProfileFormat,
} from '@heaptrail/core';
import { renderHeapReport, renderJsonDocument, renderProfile } from '@heaptrail/reporters';
import { storeReport } from '../analysis/store-report.ts';
import { terminalLook } from '../output/terminal.ts';
import { writeAnswer } from '../output/write-answer.ts';
import type { HeapFlags } from './heap-flags.ts';
import { withFile, withLoadedHeap } from './open-heap.ts';
import { printAnswer } from './print-answer.ts';

const HEAP_LIMITS = { dominators: { depth: 6, leastShare: 0.05 }, types: 12, cycles: 5, finalizers: 20 };
/** The page shows some; the rest is for `--json`. */
const PROFILE_ROWS = 100;

/** A first look at a file, whatever it is: a heap or a profile of allocations. */
export async function analyseFile(path: string, flags: HeapFlags): Promise<void> {
  await withFile(path, async (file, progress) => {
    const format = recogniseFormat<HeapFormat | ProfileFormat>(file, [...heapFormats, ...profileFormats]);
    const heapFormat = heapFormats.find((each) => each === format);
    if (heapFormat !== undefined) return withLoadedHeap(file, heapFormat, flags, progress, (heap) => printHeap(heap, flags));
    const profile = whileUnchanged(file, () => (format as ProfileFormat).load(file.source, { progress }));
    printProfile(profile, file, flags);
  });
}

function printHeap(heap: Heap, flags: HeapFlags): void {
  const answer = heapReport(heap, HEAP_LIMITS);
  const summary = heap.summary();
  const document = { schema: 'heaptrail-heap/1', command: 'analyze', heap: summary, answer } as const;
  printAnswer(document, flags, (look) => renderHeapReport(summary, answer, look));
}

function printProfile(loaded: LoadedProfile, file: HeapFile, flags: HeapFlags): void {
  const profile = withOriginalFrames(loaded.profile, new SourceMaps(new DiskSourceFiles()));
  const answer = profileAnswer(profile, PROFILE_ROWS);
  const summary = profileSummary({ ...loaded, profile }, { path: file.path, sizeBytes: file.packed?.sizeBytes ?? file.sizeBytes });
  const document: ProfileDocument = { schema: PROFILE_SCHEMA, command: 'analyze', profile: summary, answer };
  const json = (): string => renderJsonDocument(document);
  if (flags.json === true || flags.json === '-') {
    writeAnswer(json());
    return;
  }
  if (flags.json !== undefined) storeReport(flags.json, json());
  writeAnswer(renderProfile(summary, answer, { ...terminalLook(1, flags.color), baseDir: process.cwd() }));
}
