import type { ByteSource } from '../byte-source.ts';
import type { HeapFormat, LoadedHeap } from '../heap-format.ts';
import { keptSections, restoreSnapshot, type ReadSnapshot } from './kept-snapshot.ts';
import { DEFAULT_SNAPSHOT_OPTIONS, readSnapshot, snapshotGraph } from './load-snapshot.ts';

/** V8 writes `snapshot` first; a file that was written anew may have its parts in another order. */
const FIRST_PART = /^\s*\{\s*"(?:snapshot|nodes|edges|strings)"\s*:/;

/** `.heapsnapshot` and `.heaptimeline`, as Node, Chromium and their tools write them. */
export const v8HeapSnapshot: HeapFormat = {
  id: 'v8-heapsnapshot',
  title: 'V8 heap snapshot',
  recognises: (head) => FIRST_PART.test(new TextDecoder().decode(head)),
  load: (source, { shallowSizes, keepNames, progress }) =>
    loadedHeap(readSnapshot(source, { ...DEFAULT_SNAPSHOT_OPTIONS, shallowSizes, keepNames, progress }), source),
  restore(sections, source) {
    const read = restoreSnapshot(sections, source);
    return read === undefined ? undefined : loadedHeap(read, source);
  },
};

function loadedHeap(read: ReadSnapshot, source: ByteSource): LoadedHeap {
  const heap = {
    graph: snapshotGraph(read, source),
    format: v8HeapSnapshot.id,
    runtime: { name: 'V8', version: undefined },
    takenAtMs: undefined,
    whole: true,
  };
  // Allocation stacks are not among the columns: those few snapshots are read anew each time.
  return read.sites.traced ? heap : { ...heap, sections: () => keptSections(read) };
}
