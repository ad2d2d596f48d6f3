import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { failOnOption, type FailOn } from '../options/fail-on.ts';
import { addHeapFlags, type HeapFlags } from '../heap/heap-flags.ts';
import { checkJsonTarget } from '../output/check-json-target.ts';
import type { Verb } from './command.ts';

export interface AnalyzeFlags extends HeapFlags {
  readonly failOn?: FailOn;
  readonly write?: boolean;
  readonly quiet?: boolean;
}

const EXAMPLES = `
Examples:
  heaptrail analyze app.heapsnapshot        what keeps most of a heap: suspects, dominators, types, cycles, garbage
  heaptrail analyze app.heapsnapshot.gz     packed files are read as they are
  heaptrail analyze Heap.20261121.heapprofile
  heaptrail analyze heaptrail-app-20261121-101500
  heaptrail analyze DIR --json              the report as JSON on standard output
  heaptrail analyze DIR --write             write DIR/report.json again, for example after an upgrade
  heaptrail analyze DIR --fail-on leak      exit with 3 when there is a leak`;

export const analyzeVerb: Verb = {
  name: 'analyze',
  register(program, exit) {
    const command = program
      .command('analyze')
      .description('a first look at a heap file, or the report of a session folder again; the program is not needed')
      .argument(
        '<path>',
        'heap file (.heapsnapshot, CPython heap dump), profile (.heapprofile), or session folder that "heaptrail run" wrote',
      )
      .addOption(failOnOption().helpGroup('For session folders:'))
      .option('--write', 'write report.json in the session folder again')
      .option('--quiet', 'print no report of a session');
    addHeapFlags(command)
      .addHelpText('after', EXAMPLES)
      .action(async (path: string, flags: AnalyzeFlags) => {
        if (typeof flags.json === 'string') checkJsonTarget(flags.json);
        const found = statSync(path, { throwIfNoEntry: false });
        if (found?.isDirectory() === true) {
          const { analyseSessionFolder } = await import('../actions/analyze-session.ts');
          exit(await analyseSessionFolder(path, flags));
        } else {
          if (found !== undefined) refuseSessionFlags(command, flags);
          const { analyseFile } = await import('../heap/analyse-file.ts');
          await analyseFile(path, flags);
          exit(0);
        }
      });
  },
};

/** A single heap does not say that anything leaks: who asks to fail on a leak must not be told by silence that there is none. */
function refuseSessionFlags(command: Command, { failOn, write }: AnalyzeFlags): void {
  const given = failOn !== undefined ? '--fail-on' : write === true ? '--write' : undefined;
  if (given !== undefined)
    command.error(`heaptrail: ${given} is for session folders; one heap file does not say what leaks ("heaptrail diff" compares several)`);
}
