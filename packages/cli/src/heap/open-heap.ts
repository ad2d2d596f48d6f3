import { isatty } from 'node:tty';
import {
  DiskSourceFiles,
  HeapCache,
  HeapFileIsProfileError,
  inflate,
  openHeapFile,
  recogniseFormat,
  whileUnchanged,
  type CacheSaved,
  type HeapFile,
} from '@heaptrail/capture';
import {
  Heap,
  heapFormats,
  profileFormats,
  SourceMaps,
  withOriginalLines,
  type HeapFormat,
  type LoadedHeap,
  type LoadOptions,
  type Progress,
} from '@heaptrail/core';
import { ProgressLine } from '../output/progress-line.ts';
import { writeAll } from '../output/write-all.ts';
import { toolVersion } from '../tool-version.ts';
import { beforeSignals } from './before-signals.ts';
import type { HeapFlags } from './heap-flags.ts';

/** Opens a file, lets `use` work on it, and closes it, with a line about the progress of what takes long. */
export async function withFile<T>(path: string, use: (file: HeapFile, progress: Progress) => T | Promise<T>): Promise<T> {
  const line = new ProgressLine();
  let file: HeapFile | undefined;
  try {
    file = await openHeapFile(path, { progress: line.tell });
    return await use(file, line.tell);
  } finally {
    line.clear();
    file?.close();
  }
}

/** Opens a heap file for questions; it is closed afterwards, for names are read back from it while it is asked. */
export async function withHeap<T>(path: string, flags: HeapFlags, use: (heap: Heap) => T | Promise<T>): Promise<T> {
  return withFile(path, async (file, progress) => {
    const profile = profileFormats.find((format) => format.recognises(file.head));
    if (profile !== undefined && !heapFormats.some((format) => format.recognises(file.head)))
      throw new HeapFileIsProfileError(path, profile.title);
    return withLoadedHeap(file, recogniseFormat(file, heapFormats), flags, progress, use);
  });
}

/** The heap in an open file, from its column cache where there is one; afterwards, what was computed is kept there. */
export async function withLoadedHeap<T>(
  file: HeapFile,
  format: HeapFormat,
  flags: HeapFlags,
  progress: Progress,
  use: (heap: Heap) => T | Promise<T>,
): Promise<T> {
  const options = { inflate, shallowSizes: flags.shallow, keepNames: flags.keepNames === true, progress };
  if (!flags.cache)
    return use(
      heapOf(
        whileUnchanged(file, () => format.load(file.source, options)),
        file,
        options,
      ),
    );
  const cache = new HeapCache(file, format, { toolVersion: toolVersion() });
  try {
    const heap = heapOf(cache.load(options), file, options);
    const answer = await use(heap);
    tellKept(await beforeSignals(() => cache.save(heap.treeIfKnown)));
    return answer;
  } finally {
    cache.close();
  }
}

/** Lines are those that were written, wherever source maps know them. */
function heapOf(loaded: LoadedHeap, file: HeapFile, { progress }: LoadOptions): Heap {
  const graph = withOriginalLines(loaded.graph, new SourceMaps(new DiskSourceFiles()));
  const sizeBytes = file.packed?.sizeBytes ?? file.sizeBytes;
  return new Heap({ ...loaded, graph }, { path: file.path, sizeBytes }, progress);
}

/** A file of hundreds of megabytes that appears beside one's own should not be a surprise. */
function tellKept(saved: CacheSaved | undefined): void {
  if (saved?.saved === true && isatty(2))
    writeAll(2, `heaptrail: kept ${saved.path}, so that the next question is answered sooner (--no-cache keeps nothing)\n`);
}
