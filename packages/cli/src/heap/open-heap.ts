import { inflate, openHeapFile, recogniseFormat, whileUnchanged, type HeapFile } from '@heaptrail/capture';
import type { Heap } from '@heaptrail/core';
import { ProgressLine } from '../output/progress-line.ts';
import type { HeapFlags } from './heap-flags.ts';

/** Opens heap files, lets `use` ask them, and closes them: names are read back from the files while they are asked. */
export async function withHeaps<T>(paths: readonly string[], flags: HeapFlags, use: (heaps: readonly Heap[]) => T): Promise<T> {
  const { Heap, heapFormats } = await import('@heaptrail/core');
  const line = new ProgressLine();
  const files: HeapFile[] = [];
  try {
    for (const path of paths) files.push(await openHeapFile(path, { progress: line.tell }));
    const heaps = files.map((file) => {
      const options = { inflate, shallowSizes: flags.shallow, keepNames: flags.keepNames === true, progress: line.tell };
      const loaded = whileUnchanged(file, () => recogniseFormat(file, heapFormats).load(file.source, options));
      return new Heap(loaded, file, line.tell);
    });
    return use(heaps);
  } finally {
    line.clear();
    for (const file of files) file.close();
  }
}

export function withHeap<T>(path: string, flags: HeapFlags, use: (heap: Heap) => T): Promise<T> {
  return withHeaps([path], flags, ([heap]) => use(heap));
}
