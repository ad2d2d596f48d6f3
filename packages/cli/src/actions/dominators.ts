import { dominatorsAnswer } from '@heaptrail/core';
import { renderDominators } from '@heaptrail/reporters';
import type { DominatorFlags } from '../commands/dominators.ts';
import { withHeap } from '../heap/open-heap.ts';
import { checkAnswerTarget, printAnswer } from '../heap/print-answer.ts';

export async function printDominators(file: string, object: string | undefined, flags: DominatorFlags): Promise<void> {
  checkAnswerTarget(flags);
  await withHeap(file, flags, (heap) => {
    const answer = dominatorsAnswer(heap, object, { depth: flags.depth, leastShare: flags.least / 100 });
    const summary = heap.summary();
    printAnswer({ schema: 'heaptrail-heap/1', command: 'dominators', heap: summary, answer }, flags, (look) =>
      renderDominators(summary, answer, look),
    );
  });
}
