import { HeapComparison, type DiffAnswer } from '@heaptrail/core';
import { renderDiff } from '@heaptrail/reporters';
import type { DiffFlags } from '../commands/diff.ts';
import { withHeap } from '../heap/open-heap.ts';
import { checkAnswerTarget, printAnswer } from '../heap/print-answer.ts';

/** Prints what became more. Gives whether all limits that were set are kept. */
export async function printDiff(files: readonly string[], flags: DiffFlags): Promise<boolean> {
  checkAnswerTarget(flags);
  const comparison = new HeapComparison(flags.runs === true ? 'place' : 'identity');
  let answer: DiffAnswer | undefined;
  for (const [at, file] of files.entries()) {
    // One after another: only what identifies the objects of earlier heaps stays in memory.
    await withHeap(file, { ...flags, keepNames: flags.runs === true }, (heap) => {
      comparison.add(heap);
      if (at === files.length - 1) answer = comparison.answer(flags.limit, flags.failOn);
    });
  }
  const found = answer!;
  printAnswer({ schema: 'heaptrail-heap/1', command: 'diff', heap: found.heaps.at(-1)!, answer: found }, flags, (look) =>
    renderDiff(found, look),
  );
  return found.limits.every(({ exceeded }) => !exceeded);
}
