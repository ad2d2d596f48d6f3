import type { NodeIndex } from '../../../graph/heap-graph.ts';
import { noProgress } from '../../../graph/progress.ts';
import { parseGraph } from '../../../graph/text-notation.ts';
import { Heap } from '../heap.ts';

/** A heap written as text (`graph/text-notation.ts`), opened as if it were a file of 1 kB. */
export function heapOfText(text: string): { readonly heap: Heap; readonly node: (name: string) => NodeIndex } {
  const { graph, node } = parseGraph(text);
  const loaded = { graph, format: 'text', runtime: { name: 'text', version: undefined }, takenAtMs: undefined, whole: true };
  return { heap: new Heap(loaded, { path: 'heap.txt', sizeBytes: 1000 }, noProgress), node };
}
