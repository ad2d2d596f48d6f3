import { addHeapFlags, type HeapFlags } from '../heap/heap-flags.ts';
import { parseCount } from '../options/parse-count.ts';
import type { Verb } from './command.ts';

export interface CycleFlags extends HeapFlags {
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
        const { printCycles } = await import('../actions/cycles.ts');
        await printCycles(file, flags);
        exit(0);
      });
  },
};
