import type { SitesMode } from '@heaptrail/capture';
import { Option } from 'commander';
import { failOnOption, type FailOn } from '../options/fail-on.ts';
import { parseDumps } from '../options/parse-dumps.ts';
import { parseDuration } from '../options/parse-duration.ts';
import type { Verb } from './command.ts';

export interface RunFlags {
  readonly duration?: number;
  readonly out?: string;
  readonly json?: string;
  readonly stop?: boolean;
  readonly failOn?: FailOn;
  readonly sites: SitesMode;
  readonly keepStrings?: boolean;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly dumps?: number;
}

const EXAMPLES = `
Examples:
  heaptrail run -- python app.py                        observe until the program ends, or Ctrl-C
  heaptrail run --duration 60s -- python app.py         report after a minute; the program runs on
  heaptrail run --duration 60s --stop -- python app.py  and end the program then, for tests and demos
  heaptrail run --fail-on leak -- python -m pytest      exit with 3 when there is a leak
  heaptrail run --json - -- python job.py | jq .verdict

Nothing in the program has to change. Every Python process that the command starts is observed.
Exit code: the command's own; 128 + n when a signal ended it (0 when --stop ended it); 3 with --fail-on when there is cause;
125 heaptrail itself failed, 126 the command cannot be executed, 127 it does not exist.`;

export const runVerb: Verb = {
  name: 'run',
  register(program, exit) {
    program
      .command('run')
      .description('run a program and report what leaks, from which line, and what holds it')
      .usage('[options] -- COMMAND [ARGUMENTS]')
      .argument('<command...>', 'the command, after "--"')
      .option('--duration <time>', 'observe this long (500ms, 30s, 5m, 2h, 1d); default: until the command ends', parseDuration)
      .option('--stop', 'end the command when the observation ends')
      .option('--out <dir>', 'session folder, new or empty (default: ./heaptrail-<name>-<time>)')
      .option('--json <file>', 'also write the report as JSON to a file, or with "-" to standard output after the command has ended')
      .addOption(failOnOption())
      .addOption(
        new Option('--sites <mode>', 'trace allocation sites: auto, once something grows; full, from the start; off')
          .choices(['off', 'auto', 'full'])
          .default('auto'),
      )
      .option('--dumps <n>', 'heap dumps wanted of each process', parseDumps)
      .option('--keep-strings', 'keep the text of keys and strings in the dumps; by default only what looks like an identifier is kept')
      .option('--no-color', 'no colours')
      .option('--quiet', 'print neither live line nor report')
      .addHelpText('after', EXAMPLES)
      .passThroughOptions()
      .action(async (command: string[], flags: RunFlags) => {
        const { runCommand } = await import('../actions/run.ts');
        exit(await runCommand(command, flags));
      });
  },
};
