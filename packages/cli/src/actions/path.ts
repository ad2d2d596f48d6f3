import { pathAnswer } from '@heaptrail/core';
import { renderPath } from '@heaptrail/reporters';
import type { PathFlags } from '../commands/path.ts';
import { withHeap } from '../heap/open-heap.ts';
import { checkAnswerTarget, printAnswer } from '../heap/print-answer.ts';

export async function printPath(file: string, object: string, flags: PathFlags): Promise<void> {
  checkAnswerTarget(flags);
  await withHeap(file, flags, (heap) => {
    const answer = pathAnswer(heap, object, { groups: flags.limit, otherPaths: flags.limit });
    const summary = heap.summary();
    printAnswer({ schema: 'heaptrail-heap/1', command: 'path', heap: summary, answer }, flags, (look) => renderPath(summary, answer, look));
  });
}
