import { GrowthTracker, type Growth } from '../../evidence/growth/index.ts';
import { WaiterTracker } from '../../evidence/waiters/index.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';
import { parseGraph } from '../../graph/text-notation.ts';
import type { GrowthEvidence } from '../pattern.ts';

/** Evidence for the only growth of a heap that is written as text, for the work done at each of five dumps; of several growths, for that of a type. For tests of rules. */
export function evidenceOf(heapAt: (work: number) => string, type?: string): GrowthEvidence {
  const tracker = new GrowthTracker();
  const waiters = new WaiterTracker();
  [12, 24, 36, 48, 60].forEach((work, i) => {
    const { graph } = parseGraph(heapAt(work));
    tracker.add(graph, i * 1000);
    waiters.add(graph, i * 1000);
  });
  const { growths, heap } = tracker.result()!;
  const wanted = growths.filter((each) => type === undefined || newTypes(heap.graph, each).includes(type));
  if (wanted.length !== 1) throw new Error(`expected one growth, found ${wanted.length}`);
  const [growth] = wanted;
  const { graph } = heap;
  return {
    graph,
    heap,
    growth,
    objects: [...growth.concrete.newNodes.values()].flat(),
    finalizerByRegistration: new Map(graph.language.finalizers(graph).map((each) => [each.registration, each])),
    bound: undefined,
    waiters: waiters.result(),
  };
}

/** One line of a heap for each piece of work. */
export function each(work: number, line: (i: number) => string): string {
  return Array.from({ length: work }, (_, i) => line(i)).join('\n');
}

function newTypes(graph: HeapGraph, growth: Growth): string[] {
  return [...growth.concrete.newNodes.values()].flat().map((node) => graph.types[graph.typeOf[node]].displayName);
}
