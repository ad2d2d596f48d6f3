import { runGcTrials } from '@heaptrail/capture';
import type { GcTrialAnswer } from '@heaptrail/core';
import { storeReport } from '../analysis/store-report.ts';
import { parseCount } from '../options/parse-count.ts';
import { parseGcSetting } from '../options/parse-gc-setting.ts';
import { checkJsonTarget } from '../output/check-json-target.ts';
import { terminalLook } from '../output/terminal.ts';
import { TrialLine } from '../output/trial-line.ts';
import { writeAll } from '../output/write-all.ts';
import type { Verb } from './command.ts';

interface GcFlags {
  readonly rounds: number;
  readonly setting?: readonly string[];
  readonly showOutput?: boolean;
  readonly json?: string | true;
  readonly color: boolean;
}

/** What `--json` gives. */
interface GcDocument {
  readonly schema: 'heaptrail-gc/1';
  readonly command: 'gc';
  readonly answer: GcTrialAnswer;
}

/** The usual advice: Python's old default, three that are recommended, and freezing what is there after the start. */
const USUAL_SETTINGS = ['700,10,10', '1000,15,15', '25000,10,10', '500,5,5', 'freeze'];
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
        await tryOut(command, flags);
        exit(0);
      });
  },
};

function parseRounds(text: string): number {
  return Math.max(2, parseCount(text));
}

async function tryOut(command: readonly string[], { rounds, setting, showOutput, json, color }: GcFlags): Promise<void> {
  if (typeof json === 'string') checkJsonTarget(json);
  const [{ OWN_SETTING, summarizeGcTrials }, { renderGcTrials }] = await Promise.all([
    import('@heaptrail/core'),
    import('@heaptrail/reporters'),
  ]);
  const settings = [OWN_SETTING, ...(setting ?? USUAL_SETTINGS)];
  const line = new TrialLine(rounds);
  let answer: GcTrialAnswer;
  try {
    answer = summarizeGcTrials(
      await runGcTrials({ command, settings, rounds, showOutput: showOutput === true, tell: line.tell }),
      settings,
    );
  } finally {
    line.clear();
  }
  const document: GcDocument = { schema: 'heaptrail-gc/1', command: 'gc', answer };
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (json === true || json === '-') {
    writeAll(1, text);
    return;
  }
  if (json !== undefined) storeReport(json, text);
  writeAll(1, renderGcTrials(answer, terminalLook(1, color)));
}
