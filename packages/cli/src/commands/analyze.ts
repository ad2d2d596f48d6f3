import { join } from 'node:path';
import { analyseFolder } from '../analysis/analyse-folder.ts';
import { storeReport } from '../analysis/store-report.ts';
import { fails, failOnOption, LEAK_EXIT_CODE, type FailOn } from '../options/fail-on.ts';
import { checkJsonTarget } from '../output/check-json-target.ts';
import { terminalLook } from '../output/terminal.ts';
import { writeAll } from '../output/write-all.ts';
import type { Verb } from './command.ts';

interface AnalyzeFlags {
  readonly json?: string;
  readonly failOn?: FailOn;
  readonly write?: boolean;
  readonly color: boolean;
  readonly quiet?: boolean;
}

const EXAMPLES = `
Examples:
  heaptrail analyze heaptrail-app-20261121-101500
  heaptrail analyze DIR --json -            the report as JSON on standard output
  heaptrail analyze DIR --write             write DIR/report.json again, for example after an upgrade
  heaptrail analyze DIR --fail-on leak      exit with 3 when there is a leak`;

export const analyzeVerb: Verb = {
  name: 'analyze',
  register(program, exit) {
    program
      .command('analyze')
      .description('make the report of a session again, from the folder that "heaptrail run" wrote; the program is not needed')
      .argument('<dir>', 'session folder')
      .option('--json <file>', 'write the report as JSON to a file, or to standard output with "-"')
      .addOption(failOnOption())
      .option('--write', 'write report.json in the session folder again')
      .option('--no-color', 'no colours')
      .option('--quiet', 'print no report')
      .addHelpText('after', EXAMPLES)
      .action(async (folder: string, flags: AnalyzeFlags) => {
        checkJsonTarget(flags.json);
        const { report, json } = await analyseFolder(folder);
        if (flags.write === true) storeReport(join(folder, 'report.json'), json);
        if (flags.json !== undefined && flags.json !== '-') storeReport(flags.json, json);
        if (flags.json === '-') {
          writeAll(1, json);
        } else if (flags.quiet !== true) {
          const { renderTerminal } = await import('@heaptrail/reporters');
          writeAll(1, renderTerminal(report, { ...terminalLook(1, flags.color), outDir: folder, baseDir: process.cwd() }));
        }
        exit(fails(report, flags.failOn) ? LEAK_EXIT_CODE : 0);
      });
  },
};
