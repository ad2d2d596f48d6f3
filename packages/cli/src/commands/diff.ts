import type { DiffLimit } from '@heaptrail/core';
import type { Command } from 'commander';
import { addHeapFlags, type HeapFlags } from '../heap/heap-flags.ts';
import { parseCount } from '../options/parse-count.ts';
import { LEAK_EXIT_CODE } from '../options/fail-on.ts';
import { parseDiffLimit } from '../options/parse-diff-limit.ts';
import type { Verb } from './command.ts';

export interface DiffFlags extends HeapFlags {
  readonly limit: number;
  readonly runs?: boolean;
  readonly failOn?: readonly DiffLimit[];
}

const EXAMPLES = `
Of three heaps and more, what counts as a survivor is what the second one has, the first one had not, and the last one still has: start
up, take one; do what should leave nothing behind, take one; do it again, take one.

Examples:
  heaptrail diff before.heapsnapshot after.heapsnapshot
  heaptrail diff DIR/processes/*/dump-1.heap DIR/processes/*/dump-2.heap DIR/processes/*/dump-3.heap
  heaptrail diff --fail-on survivors:Session --fail-on growth=10MB start.heapsnapshot once.heapsnapshot twice.heapsnapshot
  heaptrail diff --runs old-version.heapsnapshot new-version.heapsnapshot

With --fail-on the exit code is 3 when a limit of yours is exceeded. A limit is no judgement: a few heaps do not tell a leak from a cache
that fills. Limits on survivors need three heaps or more.`;

export const diffVerb: Verb = {
  name: 'diff',
  register(program, exit) {
    const command = program
      .command('diff')
      .description('what became more from heap to heap: by type, by what is new and still there, or by place')
      .argument('<file...>', 'two heap files or more, in the order of time')
      .option('--runs', 'the files are of different processes or versions: compare by type and place, not object by object')
      .option(
        '--fail-on <limit>',
        `exit with ${LEAK_EXIT_CODE} beyond growth=SIZE (held bytes), survivors=SIZE (what they retain), survivors:TYPE or survivors:TYPE=COUNT; may be repeated`,
        parseDiffLimit,
      )
      .option('--limit <n>', 'types that are shown', parseCount, 15);
    addHeapFlags(command)
      .addHelpText('after', EXAMPLES)
      .action(async (files: readonly string[], flags: DiffFlags) => {
        if (files.length < 2) command.error('heaptrail: a comparison needs two heap files or more');
        refuseLimits(command, files, flags);
        const { printDiff } = await import('../actions/diff.ts');
        exit((await printDiff(files, flags)) ? 0 : LEAK_EXIT_CODE);
      });
  },
};

/** Survivors are what outlived a second round; without one, every new object would be taken for one. */
function refuseLimits(command: Command, files: readonly string[], { failOn = [], runs }: DiffFlags): void {
  if (failOn.every(({ on }) => on === 'growth')) return;
  if (runs === true) command.error('heaptrail: heaps of different processes have no survivors; with --runs, --fail-on takes growth=SIZE');
  if (files.length < 3)
    command.error(
      'heaptrail: --fail-on survivors needs three heaps: one after the start, one after what should leave nothing behind, one after doing it again',
    );
}
