import type { RetainingPath } from '../../graph/shortest-paths.ts';
import type { HeapPath, HeapPathStep } from '../../report/index.ts';
import { foldRuns, type Run } from '../paths/fold-runs.ts';
import { pathNames, pathSteps } from '../paths/path-steps.ts';
import { handleOf, type Heap } from './heap.ts';

/** A path with its objects at hand, what repeats shown once. Every step of a path that lacks some in the middle is shown. */
export function pathView(heap: Heap, path: RetainingPath, isWhole = true): HeapPath {
  const steps = pathSteps(heap.graph, path);
  if (!isWhole) return steps.map((step, i) => ({ ...step, object: heap.view(path.steps[i].node) }));
  const entries = pathNames(heap.graph, path).map((name, i) => `${name}\n${steps[i].status}\n${steps[i].reason ?? ''}`);
  return foldRuns(entries).flatMap((run): HeapPathStep[] => {
    const last = run.start + run.steps * (run.times - 1);
    return Array.from({ length: run.steps }, (_, i): HeapPathStep => {
      const { node } = path.steps[last + i];
      const view = { ...steps[last + i], step: stepOfAll(heap, path, run, i, steps), object: heap.view(node) };
      return run.times === 1 || i > 0 ? view : { ...view, repeats: repeatsOf(path, run) };
    });
  });
}

function repeatsOf(path: RetainingPath, { start, steps, times }: Run) {
  const end = start + steps * times - 1;
  return { times, steps, first: handleOf(path.steps[start].node), last: handleOf(path.steps[end].node) };
}

/** The reference as it is written, where all repetitions are written alike; else without its key or position. */
function stepOfAll(heap: Heap, path: RetainingPath, run: Run, at: number, steps: readonly { readonly step: string }[]): string {
  const { step } = steps[run.start + at];
  for (let i = 1; i < run.times; i++) {
    if (steps[run.start + at + i * run.steps].step === step) continue;
    const { label } = path.steps[run.start + at];
    return label === undefined ? step : heap.graph.language.labelPattern(heap.graph, label);
  }
  return step;
}
