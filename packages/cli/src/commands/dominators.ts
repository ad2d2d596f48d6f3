import { InvalidArgumentError } from 'commander';
import { addHeapFlags, type HeapFlags } from '../heap/heap-flags.ts';
import { parseCount } from '../options/parse-count.ts';
import type { Verb } from './command.ts';

export interface DominatorFlags extends HeapFlags {
  readonly depth: number;
  readonly least: number;
}

const EXAMPLES = `
Examples:
  heaptrail dominators app.heapsnapshot                  what keeps most of the heap alive
  heaptrail dominators app.heapsnapshot n-1234           what one object keeps alive
  heaptrail dominators worker.heap --depth 12 --least 5`;

/** Deeper trees are seen by asking for an object further down. */
const DEEPEST = 200;

export const dominatorsVerb: Verb = {
  name: 'dominators',
  register(program, exit) {
    const command = program
      .command('dominators')
      .description('what keeps how much of a heap alive: the dominator tree from above, the small summed up')
      .argument('<file>', 'heap file: .heapsnapshot (also gzip, brotli) or a CPython heap dump')
      .argument('[object]', 'only below this object: n-1234 or @address')
      .option('--depth <n>', 'levels that are shown', parseDepth, 8)
      .option('--least <percent>', 'objects with less than this share are summed up', parsePercent, 2);
    addHeapFlags(command)
      .addHelpText('after', EXAMPLES)
      .action(async (file: string, object: string | undefined, flags: DominatorFlags) => {
        const { printDominators } = await import('../actions/dominators.ts');
        await printDominators(file, object, flags);
        exit(0);
      });
  },
};

function parseDepth(text: string): number {
  const depth = parseCount(text);
  if (depth > DEEPEST) throw new InvalidArgumentError(`Write at most ${DEEPEST}; an object further down can be asked for by its handle.`);
  return depth;
}

function parsePercent(text: string): number {
  const percent = Number(text);
  if (!(percent > 0 && percent <= 100)) throw new InvalidArgumentError('Write a percentage above 0, up to 100.');
  return percent;
}
