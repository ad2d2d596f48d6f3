import { cyclesAnswer } from '@heaptrail/core';
import { renderCycles } from '@heaptrail/reporters';
import type { CycleFlags } from '../commands/cycles.ts';
import { withHeap } from '../heap/open-heap.ts';
import { checkAnswerTarget, printAnswer } from '../heap/print-answer.ts';

export async function printCycles(file: string, flags: CycleFlags): Promise<void> {
  checkAnswerTarget(flags);
  await withHeap(file, flags, (heap) => {
    const answer = cyclesAnswer(heap, flags.limit);
    const summary = heap.summary();
    printAnswer({ schema: 'heaptrail-heap/1', command: 'cycles', heap: summary, answer }, flags, (look) =>
      renderCycles(summary, answer, look),
    );
  });
}
