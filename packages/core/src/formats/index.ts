import { loadDump } from './cpython-dump/index.ts';
import type { HeapFormat } from './heap-format.ts';
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
export const heapFormats: readonly HeapFormat[] = [cpythonDump];
