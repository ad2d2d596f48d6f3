import { loadBytes } from '../../../formats/v8-heapsnapshot/testing/load-small.ts';
import type { TakenSnapshot } from '../../../formats/v8-heapsnapshot/testing/take-snapshot.ts';
import { noProgress } from '../../../graph/progress.ts';
import type { FinalizersAnswer } from '../../../report/index.ts';
import { finalizersAnswer } from '../finalizers-answer.ts';
import { Heap } from '../heap.ts';

const MOST_KINDS = 20;

/** What finalizers keep in a snapshot. */
export function finalizersOf({ path, bytes }: TakenSnapshot): FinalizersAnswer {
  const graph = loadBytes(bytes);
  const loaded = { graph, format: 'v8-heapsnapshot', runtime: { name: 'V8', version: undefined }, takenAtMs: undefined, whole: true };
  return finalizersAnswer(new Heap(loaded, { path, sizeBytes: bytes.length }, noProgress), MOST_KINDS);
}

/** One line a kind: how many, held by what, on which way, written where. */
export function finalizerLines({ kinds }: FinalizersAnswer): string[] {
  const lines = kinds.map(({ objects, type, pattern, through, byFinalizersAlone, way, writtenAt, alsoHeld }) => {
    const steps = way.map((step) => `${step.step} ${step.type}`).join(' → ');
    const alone = byFinalizersAlone ? '' : ', and not alone';
    const also = alsoHeld === null ? '' : `, also ${alsoHeld.map(({ step }) => step).join(' ')}`;
    const written = writtenAt === null ? '' : `, line ${writtenAt.line} in ${writtenAt.function}`;
    return `${objects} ${type}: ${pattern}, ${through}${alone}${also}: ${steps}${written}`;
  });
  return lines.sort();
}
