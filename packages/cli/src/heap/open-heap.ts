import { DiskSourceFiles, inflate, openHeapFile, recogniseFormat, whileUnchanged, type HeapFile } from '@heaptrail/capture';
import type { Heap, HeapFormat, Progress } from '@heaptrail/core';
import { ProgressLine } from '../output/progress-line.ts';
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
  const { heapFormats } = await import('@heaptrail/core');
  return withFile(path, async (file, progress) => use(await loadHeap(file, recogniseFormat(file, heapFormats), flags, progress)));
}

/** The heap in an open file, with the lines that were written wherever source maps know them. */
export async function loadHeap(file: HeapFile, format: HeapFormat, flags: HeapFlags, progress: Progress): Promise<Heap> {
  const { Heap, SourceMaps, withOriginalLines } = await import('@heaptrail/core');
  const options = { inflate, shallowSizes: flags.shallow, keepNames: flags.keepNames === true, progress };
  const loaded = whileUnchanged(file, () => format.load(file.source, options));
  const graph = withOriginalLines(loaded.graph, new SourceMaps(new DiskSourceFiles()));
  return new Heap({ ...loaded, graph }, file, progress);
}
