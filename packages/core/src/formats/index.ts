import { loadDump } from './cpython-dump/index.ts';
import type { HeapFormat } from './heap-format.ts';
import { heapProfile } from './heapprofile/index.ts';
import type { ProfileFormat } from './profile-format.ts';
import { v8HeapSnapshot } from './v8-heapsnapshot/index.ts';
const cpythonDump: HeapFormat = {
  id: 'cpython-dump',
  title: 'CPython heap dump',
  recognises: (head) => String.fromCharCode(...head.subarray(0, 6)) === 'HTHEAP',
  load(source, options) {
    const bytes = new Uint8Array(source.sizeBytes);
    source.read(bytes, 0);
    const { graph, head, whole } = loadDump(bytes, options.inflate);
    return { graph, format: 'cpython-dump', runtime: head.runtime, takenAtMs: head.takenAtMs, whole };
  },
};
/** Every format of heap files. */
export const heapFormats: readonly HeapFormat[] = [cpythonDump, v8HeapSnapshot];

/** Every format of allocation profiles. Asked after those of heaps, in this order: the strictest mark first. */
export const profileFormats: readonly ProfileFormat[] = [heapProfile];
