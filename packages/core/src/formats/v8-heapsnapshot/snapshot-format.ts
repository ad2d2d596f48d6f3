import type { HeapFormat } from '../heap-format.ts';
import { DEFAULT_SNAPSHOT_OPTIONS, loadSnapshot } from './load-snapshot.ts';

/** V8 writes `snapshot` first; a file that was written anew may have its parts in another order. */
const FIRST_PART = /^\s*\{\s*"(?:snapshot|nodes|edges|strings)"\s*:/;

/** `.heapsnapshot` and `.heaptimeline`, as Node, Chromium and their tools write them. */
export const v8HeapSnapshot: HeapFormat = {
  id: 'v8-heapsnapshot',
  title: 'V8 heap snapshot',
  recognises: (head) => FIRST_PART.test(new TextDecoder().decode(head)),
  load: (source, { shallowSizes, keepNames, progress }) => ({
    graph: loadSnapshot(source, { ...DEFAULT_SNAPSHOT_OPTIONS, shallowSizes, keepNames, progress }),
    format: 'v8-heapsnapshot',
    runtime: { name: 'V8', version: undefined },
    takenAtMs: undefined,
    whole: true,
  }),
};
