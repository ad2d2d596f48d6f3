import { addHeapFlags, type HeapFlags } from '../heap/heap-flags.ts';
import { withHeap } from '../heap/open-heap.ts';
import { checkAnswerTarget, printAnswer } from '../heap/print-answer.ts';
import { parseCount } from '../options/parse-count.ts';
import type { Verb } from './command.ts';

interface CycleFlags extends HeapFlags {
  readonly limit: number;
}

const EXAMPLES = `
Examples:
  heaptrail cycles worker.heap                  every kind of cycle, the most expensive first
  heaptrail cycles app.heapsnapshot --limit 50 --json cycles.json`;

export const cyclesVerb: Verb = {
  name: 'cycles',
  register(program, exit) {
    const command = program
      .command('cycles')
      .description('objects that refer to each other in circles: by kind, with the shortest example, finalizers, and who frees them')
      .argument('<file>', 'heap file: .heapsnapshot (also gzip, brotli) or a CPython heap dump')
      .option('--limit <n>', 'kinds that are shown', parseCount, 10);
    addHeapFlags(command)
      .addHelpText('after', EXAMPLES)
      .action(async (file: string, flags: CycleFlags) => {
        checkAnswerTarget(flags);
        const [{ cyclesAnswer }, { renderCycles }] = await Promise.all([import('@heaptrail/core'), import('@heaptrail/reporters')]);
        await withHeap(file, flags, (heap) => {
          const answer = cyclesAnswer(heap, flags.limit);
          const summary = heap.summary();
          printAnswer({ schema: 'heaptrail-heap/1', command: 'cycles', heap: summary, answer }, flags, (look) =>
            renderCycles(summary, answer, look),
          );
        });
        exit(0);
      });
  },
};
