import { histogram, histogramRows } from '../../graph/histogram/index.ts';
import type { HistogramAnswer } from '../../report/index.ts';
import type { Heap } from './heap.ts';

const ORDER = { retained: 'retainedBytes', shallow: 'shallowBytes', objects: 'objects' } as const;

/** The types of a heap, those with most first. */
export function histogramAnswer(heap: Heap, limit: number, sortedBy: HistogramAnswer['sortedBy']): HistogramAnswer {
  const { graph, tree, progress, scratch } = heap;
  const { rows, rest } = histogramRows(graph, histogram(graph, tree, progress, scratch), limit, ORDER[sortedBy]);
  return {
    sortedBy,
    rows: rows.map(({ name, objects, shallowBytes, retainedBytes, unreachedObjects }) => ({
      type: name,
      objects,
      shallowBytes,
      retainedBytes,
      unheldObjects: unreachedObjects,
    })),
    rest,
  };
}
