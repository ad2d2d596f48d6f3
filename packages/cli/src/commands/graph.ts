import { Option } from 'commander';
import { storeReport } from '../analysis/store-report.ts';
import { addHeapFlags, type HeapFlags } from '../heap/heap-flags.ts';
import { withHeap } from '../heap/open-heap.ts';
import { checkAnswerTarget, printAnswer } from '../heap/print-answer.ts';
import { parseCount } from '../options/parse-count.ts';
import { checkJsonTarget } from '../output/check-json-target.ts';
import { writeAll } from '../output/write-all.ts';
import type { Verb } from './command.ts';

interface GraphFlags extends HeapFlags {
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

/** Objects next to one object that are shown: more would be no picture. */
const PER_OBJECT = 20;

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
        checkAnswerTarget(flags);
        checkJsonTarget(flags.dot);
        checkJsonTarget(flags.svg);
        const [{ graphAnswer }, { renderDot, renderGraph, renderSvg }] = await Promise.all([
          import('@heaptrail/core'),
          import('@heaptrail/reporters'),
        ]);
        const limits = { depth: flags.depth, direction: flags.direction, mostNodes: flags.limit, mostPerNode: PER_OBJECT };
        const { answer, heap } = await withHeap(file, flags, (opened) => ({
          answer: graphAnswer(opened, objects, limits),
          heap: opened.summary(),
        }));
        if (flags.dot !== undefined) writePicture(flags.dot, renderDot(answer));
        if (flags.svg !== undefined) writePicture(flags.svg, await renderSvg(answer));
        if (flags.dot !== '-' && flags.svg !== '-')
          printAnswer({ schema: 'heaptrail-heap/1', command: 'graph', heap, answer }, flags, (look) => renderGraph(heap, answer, look));
        exit(0);
      });
  },
};

function writePicture(path: string, picture: string): void {
  if (path === '-') writeAll(1, picture);
  else storeReport(path, picture);
}
