import { parseCount } from '../options/parse-count.ts';
import { parseGcSetting } from '../options/parse-gc-setting.ts';
import type { Verb } from './command.ts';

export interface GcFlags {
  readonly rounds: number;
  readonly setting?: readonly string[];
  readonly showOutput?: boolean;
  readonly json?: string | true;
  readonly color: boolean;
}

/** As many as there are settings, so that each comes to each place. */
const USUAL_ROUNDS = 6;

const EXAMPLES = `
Examples:
  heaptrail gc -- python app.py
  heaptrail gc --setting 5000,20,20 --setting freeze --rounds 10 -- python app.py
  heaptrail gc --json - -- python job.py | jq .answer.faster

The program runs ${USUAL_ROUNDS} times under each setting, and has to end by itself. What it prints is thrown away, unless --show-output says otherwise.
What the program sets itself (gc.set_threshold, gc.disable) comes later than ours and wins; the table says so.`;

export const gcVerb: Verb = {
  name: 'gc',
  register(program, exit) {
    program
      .command('gc')
      .description("try settings of Python's garbage collector on a program: time, pauses and memory of each")
      .usage('[options] -- COMMAND [ARGUMENTS]')
      .argument('<command...>', 'the command, after "--"')
      .option('--rounds <n>', 'runs under each setting', parseRounds, USUAL_ROUNDS)
      .option('--setting <s>', 'three thresholds (25000,10,10) or freeze; may be repeated; default: the usual advice', parseGcSetting)
      .option('--show-output', 'let the program print, instead of throwing its output away')
      .option('--json [file]', 'the whole answer as JSON on standard output, or in a file')
      .option('--no-color', 'no colours')
      .addHelpText('after', EXAMPLES)
      .passThroughOptions()
      .action(async (command: string[], flags: GcFlags) => {
        const { tryGcSettings } = await import('../actions/gc.ts');
        await tryGcSettings(command, flags);
        exit(0);
      });
  },
};

function parseRounds(text: string): number {
  return Math.max(2, parseCount(text));
}
