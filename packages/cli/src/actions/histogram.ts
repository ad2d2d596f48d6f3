import { histogramAnswer } from '@heaptrail/core';
import { renderHistogram } from '@heaptrail/reporters';
import type { HistogramFlags } from '../commands/histogram.ts';
import { withHeap } from '../heap/open-heap.ts';
import { checkAnswerTarget, printAnswer } from '../heap/print-answer.ts';

export async function printHistogram(file: string, flags: HistogramFlags): Promise<void> {
  checkAnswerTarget(flags);
  await withHeap(file, flags, (heap) => {
    const answer = histogramAnswer(heap, flags.limit, flags.sort);
    const summary = heap.summary();
    printAnswer({ schema: 'heaptrail-heap/1', command: 'histogram', heap: summary, answer }, flags, (look) =>
      renderHistogram(summary, answer, look),
    );
  });
}
