import { Option } from 'commander';
import { addHeapFlags, type HeapFlags } from '../heap/heap-flags.ts';
import { parseCount } from '../options/parse-count.ts';
import type { Verb } from './command.ts';

export interface GraphFlags extends HeapFlags {
  readonly depth: number;
  readonly direction: 'referrers' | 'referents' | 'both';
  readonly limit: number;
  readonly dot?: string;
  readonly svg?: string;
}

const EXAMPLES = `
Examples:
  heaptrail graph app.heapsnapshot n-1234                       a text tree in both directions
  heaptrail graph app.heapsnapshot Session --depth 3 --svg session.svg
  heaptrail graph worker.heap n-12 n-99 --direction referrers --dot - | dot -Tpng > picture.png`;

export const graphVerb: Verb = {
  name: 'graph',
  register(program, exit) {
    const command = program
      .command('graph')
      .description('who refers to some objects and what they refer to: a text tree, DOT or SVG, with cycles marked')
      .argument('<file>', 'heap file: .heapsnapshot (also gzip, brotli) or a CPython heap dump')
      .argument('<object...>', 'n-1234, @address, or a type (its largest objects)')
      .option('--depth <n>', 'references from the objects that are followed', parseCount, 2)
      .addOption(new Option('--direction <which>', 'which references').choices(['referrers', 'referents', 'both']).default('both'))
      .option('--limit <n>', 'objects that are shown', parseCount, 60)
      .option('--dot <file>', 'write the picture in Graphviz’s language, "-" for standard output')
      .option('--svg <file>', 'write the picture as SVG, "-" for standard output');
    addHeapFlags(command)
      .addHelpText('after', EXAMPLES)
      .action(async (file: string, objects: readonly string[], flags: GraphFlags) => {
        const toOutput = [flags.dot, flags.svg, flags.json].filter((target) => target === '-' || target === true);
        if (toOutput.length > 1)
          command.error('heaptrail: only one of --dot, --svg and --json can go to standard output; name a file for the others');
        const { printGraph } = await import('../actions/graph.ts');
        await printGraph(file, objects, flags);
        exit(0);
      });
  },
};
