import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { relative } from 'node:path';
import {
  CaptureError,
  commandName,
  SessionIncompleteError,
  sessionPaths,
  startRun,
  type CommandExit,
  type Run,
  type SitesMode,
} from '@heaptrail/capture';

import type { Report } from '@heaptrail/core';
import { Option } from 'commander';
import { Engine } from '../analysis/engine.ts';
import { storeReport } from '../analysis/store-report.ts';
import { fails, failOnOption, LEAK_EXIT_CODE, type FailOn } from '../options/fail-on.ts';
import { parseDumps } from '../options/parse-dumps.ts';
import { parseDuration } from '../options/parse-duration.ts';
import { checkJsonTarget } from '../output/check-json-target.ts';
import { complain } from '../output/complain.ts';
import { dumpLine } from '../output/dump-line.ts';
import { LiveLine } from '../output/live-line.ts';
import { terminalLook, type TerminalLook } from '../output/terminal.ts';
import { writeAll } from '../output/write-all.ts';
import { toolVersion } from '../tool-version.ts';
import type { Verb } from './command.ts';

interface RunFlags {
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

/** What heaptrail itself could not do. */
const OWN_FAILURE = 125;

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
      .action(async (command: string[], flags: RunFlags) => exit(await runCommand(command, flags)));
  },
};

async function runCommand(command: readonly string[], flags: RunFlags): Promise<number> {
  checkJsonTarget(flags.json);
  const look = terminalLook(2, flags.color);
  const live = look.interactive && flags.quiet !== true;
  const faces = live ? await import('@heaptrail/reporters') : undefined;
  const engine = new Engine();
  let line: LiveLine | undefined;
  const run = await startRun(
    {
      command,
      outFolder: flags.out ?? defaultFolder(command),
      durationMs: flags.duration,
      stop: flags.stop === true,
      sites: flags.sites,
      keepStrings: flags.keepStrings === true,
      dumps: flags.dumps,
      tool: { name: 'heaptrail', version: toolVersion() },
    },
    { createGrowthWatch: () => engine.watch(), dump: (status, ok) => line?.print(dumpLine(status, ok)) },
  );
  let stumbled = false;
  const stumble = (error: Error): void => {
    stumbled = true;
    complain(error);
  };
  process.on('uncaughtException', stumble); // A mistake of ours must not leave the command without its parent.
  try {
    if (faces !== undefined) line = new LiveLine(run, faces.renderLiveLine);
    const outcome = await report(run, engine, flags, look, () => line?.stop());
    const exit = await run.exited;
    if (flags.json === '-' && outcome.json !== undefined) writeAll(1, outcome.json);
    return exitCode(exit, run.stopped(), { ...outcome, failed: outcome.failed || stumbled }, flags.failOn);
  } finally {
    line?.stop();
    process.removeListener('uncaughtException', stumble);
    run.close();
    await engine.close();
  }
}

interface Outcome {
  /** `report.json`; undefined when there is none. */
  readonly json: string | undefined;
  readonly failed: boolean;
}

/**
 * Waits for the observation, analyses, stores and shows. Whatever goes wrong here must not take the command down: it is told, and heaptrail goes on waiting for the command as its parent.
 */
async function report(run: Run, engine: Engine, flags: RunFlags, look: TerminalLook, observed: () => void): Promise<Outcome> {
  const folder = relative(process.cwd(), run.folder) || '.';
  let json: string | undefined;
  try {
    await run.observed;
    observed();
    if (run.lostLines() > 0) complain(new SessionIncompleteError(folder, run.lostLines()));
    json = await engine.report(run.folder);
    const unstored = attempt(() => store(run, flags, json!));
    if (flags.quiet !== true) {
      const { renderTerminal } = await import('@heaptrail/reporters');
      writeAll(
        2,
        renderTerminal(JSON.parse(json) as Report, { ...look, baseDir: process.cwd(), ...(unstored === undefined && { outDir: folder }) }),
      );
    }
    if (unstored !== undefined) throw unstored;
    return { json, failed: false };
  } catch (error) {
    observed();
    complain(error);
    if (!(error instanceof CaptureError)) {
      writeAll(
        2,
        `heaptrail: the report failed; the session is kept in ${folder}: heaptrail analyze ${folder} [HEAPTRAIL_ANALYSIS_FAILED]\n`,
      );
    }
    return { json, failed: true };
  }
}

function store(run: Run, flags: RunFlags, json: string): void {
  storeReport(sessionPaths.report(run.folder), json);
  if (flags.json !== undefined && flags.json !== '-') storeReport(flags.json, json);
}

/** The expected failure, if there was one. */
function attempt(action: () => void): CaptureError | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof CaptureError) return error;
    throw error;
  }
}

function exitCode(exit: CommandExit, stopped: boolean, outcome: Outcome, failOn: FailOn | undefined): number {
  if (stopped && endedBySignal(exit)) return judged(outcome, failOn);
  if (exit.signal !== null) return 128 + constants.signals[exit.signal];
  if (exit.exitCode !== null && exit.exitCode !== 0) return exit.exitCode;
  return judged(outcome, failOn);
}

/** An end by the very signals that --stop sends is what was asked for, and no failure of the command. */
function endedBySignal({ exitCode, signal }: CommandExit): boolean {
  return signal === 'SIGTERM' || signal === 'SIGKILL' || exitCode === 128 + constants.signals.SIGTERM;
}

function judged(outcome: Outcome, failOn: FailOn | undefined): number {
  if (outcome.failed) return OWN_FAILURE;
  return outcome.json !== undefined && fails(JSON.parse(outcome.json) as Report, failOn) ? LEAK_EXIT_CODE : 0;
}

/** `heaptrail-<name>-<time>` in the working directory, with a number when two start within a second. */
function defaultFolder(command: readonly string[]): string {
  const time = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const base = `heaptrail-${commandName(command)}-${time}`;
  let folder = base;
  for (let n = 2; existsSync(folder); n++) folder = `${base}-${n}`;
  return folder;
}
