import { histogram } from '../../graph/histogram/index.ts';
import type { HeapReport } from '../../report/index.ts';
import { cyclesAnswer } from './cycles-answer.ts';
import { dominatorsAnswer, type DominatorLimits } from './dominators-answer.ts';
import { finalizersAnswer } from './finalizers-answer.ts';
import type { Heap } from './heap.ts';
import { histogramAnswer } from './histogram-answer.ts';
import { suspectsAnswer } from './suspects-answer.ts';

export interface ReportLimits {
  readonly dominators: DominatorLimits;
  /** Rows of the histogram and of the garbage. */
  readonly types: number;
  readonly cycles: number;
  readonly finalizers: number;
}

/** A first look at a heap: all the questions at once. */
export function heapReport(heap: Heap, limits: ReportLimits): HeapReport {
  return {
    finalizers: finalizersAnswer(heap, limits.finalizers),
    suspects: suspectsAnswer(heap),
    dominators: dominatorsAnswer(heap, undefined, limits.dominators),
    histogram: histogramAnswer(heap, limits.types, 'retained'),
    cycles: cyclesAnswer(heap, limits.cycles),
    garbage: garbage(heap, limits.types),
  };
}

function garbage({ graph, tree, progress, scratch }: Heap, limit: number): HeapReport['garbage'] {
  if (graph.anchors.unreached === 'held') return [];
  const { unreachedObjects, unreachedBytes } = histogram(graph, tree, progress, scratch);
  return graph.types
    .map(({ displayName }, type) => ({ type: displayName, objects: unreachedObjects[type], shallowBytes: unreachedBytes[type] }))
    .filter(({ objects }) => objects > 0)
    .sort((a, b) => b.shallowBytes - a.shallowBytes || b.objects - a.objects || (a.type < b.type ? -1 : 1))
    .slice(0, limit);
}
