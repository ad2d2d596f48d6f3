import type { HeapFormat } from '../heap-format.ts';
import { isDump } from './block-reader.ts';
import { readDump } from './load-dump.ts';

/** Dumps that heaptrail's Python agent writes. */
export const cpythonDump: HeapFormat = {
  id: 'cpython-dump',
  title: 'CPython heap dump',
  recognises: isDump,
  load(source, { inflate, progress }) {
    const { graph, head, whole } = readDump(source, inflate, progress);
    const { name, version } = head.runtime;
    return { graph, format: 'cpython-dump', runtime: { name, version }, takenAtMs: head.takenAtMs, whole };
  },
};
