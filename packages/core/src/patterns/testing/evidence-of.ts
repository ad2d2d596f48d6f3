import { GrowthTracker } from '../../evidence/growth/index.ts';
import { parseGraph } from '../../graph/text-notation.ts';
import type { GrowthEvidence } from '../pattern.ts';

/** Evidence for the only growth of a heap that is written as text, for the work done at each of five dumps. For tests of rules. */
export function evidenceOf(heapAt: (work: number) => string): GrowthEvidence {
  const tracker = new GrowthTracker();
  [12, 24, 36, 48, 60].forEach((work, i) => tracker.add(parseGraph(heapAt(work)).graph, i * 1000));
  const { growths, heap } = tracker.result()!;
  if (growths.length !== 1) throw new Error(`expected one growth, found ${growths.length}`);
  const [growth] = growths;
  const { graph } = heap;
  return {
    graph,
    heap,
    growth,
    objects: [...growth.concrete.newNodes.values()].flat(),
    finalizerByRegistration: new Map(graph.language.finalizers(graph).map((each) => [each.registration, each])),
    bound: undefined,
  };
}

/** One line of a heap for each piece of work. */
export function each(work: number, line: (i: number) => string): string {
  return Array.from({ length: work }, (_, i) => line(i)).join('\n');
}
