import { addHeapFlags, type HeapFlags } from '../heap/heap-flags.ts';
import { parseCount } from '../options/parse-count.ts';
import type { Verb } from './command.ts';

export interface PathFlags extends HeapFlags {
  readonly limit: number;
}

const EXAMPLES = `
Examples:
  heaptrail path app.heapsnapshot LeakedHandler     all objects of a type, grouped by what holds them
  heaptrail path app.heapsnapshot n-1234            one object, and who else holds it
  heaptrail path worker.heap @0x7f3a12c0            one object by its address
  heaptrail path worker.heap dict --limit 20 --json`;

export const pathVerb: Verb = {
  name: 'path',
  register(program, exit) {
    const command = program
      .command('path')
      .description('why an object, or the objects of a type, are alive: the retaining paths from the roots')
      .argument('<file>', 'heap file: .heapsnapshot (also gzip, brotli) or a CPython heap dump')
      .argument('<object>', 'n-1234 (a handle from another command), @address, or a type')
      .option('--limit <n>', 'ways in which objects are held that are shown', parseCount, 5);
    addHeapFlags(command)
      .addHelpText('after', EXAMPLES)
      .action(async (file: string, object: string, flags: PathFlags) => {
        const { printPath } = await import('../actions/path.ts');
        await printPath(file, object, flags);
        exit(0);
      });
  },
};
