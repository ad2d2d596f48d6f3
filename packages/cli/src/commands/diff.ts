import { addHeapFlags, type HeapFlags } from '../heap/heap-flags.ts';
import { parseCount } from '../options/parse-count.ts';
import type { Verb } from './command.ts';

export interface DiffFlags extends HeapFlags {
  readonly limit: number;
  readonly runs?: boolean;
}

const EXAMPLES = `
Of three heaps and more, what counts as a survivor is what the second one has, the first one had not, and the last one still has: start
up, take one; do what should leave nothing behind, take one; do it again, take one.

Examples:
  heaptrail diff before.heapsnapshot after.heapsnapshot
  heaptrail diff DIR/processes/*/dump-1.heap DIR/processes/*/dump-2.heap DIR/processes/*/dump-3.heap
  heaptrail diff --runs old-version.heapsnapshot new-version.heapsnapshot`;

export const diffVerb: Verb = {
  name: 'diff',
  register(program, exit) {
    const command = program
      .command('diff')
      .description('what became more from heap to heap: by type, by what is new and still there, or by place')
      .argument('<file...>', 'two heap files or more, in the order of time')
      .option('--runs', 'the files are of different processes or versions: compare by type and place, not object by object')
      .option('--limit <n>', 'types that are shown', parseCount, 15);
    addHeapFlags(command)
      .addHelpText('after', EXAMPLES)
      .action(async (files: readonly string[], flags: DiffFlags) => {
        if (files.length < 2) command.error('heaptrail: a comparison needs two heap files or more');
        const { printDiff } = await import('../actions/diff.ts');
        await printDiff(files, flags);
        exit(0);
      });
  },
};
