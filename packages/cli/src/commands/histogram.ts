import { Option } from 'commander';
import type { HistogramAnswer } from '@heaptrail/core';
import { addHeapFlags, type HeapFlags } from '../heap/heap-flags.ts';
import { parseCount } from '../options/parse-count.ts';
import type { Verb } from './command.ts';

export interface HistogramFlags extends HeapFlags {
  readonly limit: number;
  readonly sort: HistogramAnswer['sortedBy'];
}

const EXAMPLES = `
Examples:
  heaptrail histogram app.heapsnapshot
  heaptrail histogram worker.heap --sort objects --limit 50
  heaptrail histogram worker.heap --limit 1000000 --json types.json`;

export const histogramVerb: Verb = {
  name: 'histogram',
  register(program, exit) {
    const command = program
      .command('histogram')
      .description('objects, shallow and retained size of each type of a heap')
      .argument('<file>', 'heap file: .heapsnapshot (also gzip, brotli) or a CPython heap dump')
      .option('--limit <n>', 'types that are shown', parseCount, 30)
      .addOption(new Option('--sort <by>', 'what comes first').choices(['retained', 'shallow', 'objects']).default('retained'));
    addHeapFlags(command)
      .addHelpText('after', EXAMPLES)
      .action(async (file: string, flags: HistogramFlags) => {
        const { printHistogram } = await import('../actions/histogram.ts');
        await printHistogram(file, flags);
        exit(0);
      });
  },
};
