import { graphAnswer } from '@heaptrail/core';
import { renderDot, renderGraph, renderSvg } from '@heaptrail/reporters';
import { storeReport } from '../analysis/store-report.ts';
import type { GraphFlags } from '../commands/graph.ts';
import { withHeap } from '../heap/open-heap.ts';
import { checkAnswerTarget, printAnswer } from '../heap/print-answer.ts';
import { checkJsonTarget } from '../output/check-json-target.ts';
import { writeAnswer } from '../output/write-answer.ts';

/** Objects next to one object that are shown: more would be no picture. */
const PER_OBJECT = 20;

export async function printGraph(file: string, objects: readonly string[], flags: GraphFlags): Promise<void> {
  checkAnswerTarget(flags);
  checkJsonTarget(flags.dot, '--dot');
  checkJsonTarget(flags.svg, '--svg');
  const limits = { depth: flags.depth, direction: flags.direction, mostNodes: flags.limit, mostPerNode: PER_OBJECT };
  const { answer, heap } = await withHeap(file, flags, (opened) => ({
    answer: graphAnswer(opened, objects, limits),
    heap: opened.summary(),
  }));
  if (flags.dot !== undefined) writePicture(flags.dot, renderDot(answer));
  if (flags.svg !== undefined) writePicture(flags.svg, await renderSvg(answer));
  if (flags.dot !== '-' && flags.svg !== '-')
    printAnswer({ schema: 'heaptrail-heap/1', command: 'graph', heap, answer }, flags, (look) => renderGraph(heap, answer, look));
}

function writePicture(path: string, picture: string): void {
  if (path === '-') writeAnswer(picture);
  else storeReport(path, picture);
}
