import { CaptureError } from '@heaptrail/capture';
import { Command, CommanderError } from 'commander';
import { verbs } from './commands/index.ts';
import { complain } from './output/complain.ts';
import { writeAll } from './output/write-all.ts';
import { toolVersion } from './tool-version.ts';

const WRONG_USAGE = 2;
const FAILED = 1;
/** `run` stands in for its command, so its own failures must not look like the command's. */
const RUN_FAILED = 125;

/** Does what the command line says. Gives the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  const program = new Command('heaptrail')
    .description(
      'Finds memory leaks in running Python programs: the line, the holder, the mistake. Says what holds the memory in heap files of Python, Node and Chromium.',
    )
    .version(toolVersion())
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => writeAll(1, text),
      writeErr: (text) => writeAll(2, text),
      outputError: (text, write) => write(text.replace(/^error: /, 'heaptrail: ')),
    })
    .showHelpAfterError('(heaptrail --help shows examples)')
    .addHelpText('after', '\nStart here:\n  heaptrail run --duration 60s -- python app.py\n  heaptrail analyze app.heapsnapshot');
  for (const verb of verbs) verb.register(program, (exit) => (code = exit));
  for (const command of program.commands)
    command.copyInheritedSettings(program).showHelpAfterError(`(heaptrail ${command.name()} --help shows examples)`);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    const isRun = argv[0] === 'run';
    if (error instanceof CommanderError && error.code === 'commander.missingArgument') tellWhereJsonBelongs(argv);
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : isRun ? RUN_FAILED : WRONG_USAGE;
    complain(error);
    if (isRun) return error instanceof CaptureError ? error.exitCode : RUN_FAILED;
    return FAILED;
  }
}

/** `histogram --json FILE` leaves no file to read: the option has taken it. */
function tellWhereJsonBelongs(argv: readonly string[]): void {
  const taken = argv[argv.indexOf('--json') + 1];
  if (argv.includes('--json') && taken !== undefined && !taken.startsWith('-'))
    writeAll(2, `(--json took ${taken} as the file to write: put --json last, or write --json=-)\n`);
}
