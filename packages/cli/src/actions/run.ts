import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { relative } from 'node:path';
import { CaptureError, commandName, SessionIncompleteError, sessionPaths, startRun, type CommandExit, type Run } from '@heaptrail/capture';
import type { Report } from '@heaptrail/core';
import { renderLiveLine, renderTerminal } from '@heaptrail/reporters';
import { Engine } from '../analysis/engine.ts';
import { storeReport } from '../analysis/store-report.ts';
import type { RunFlags } from '../commands/run.ts';
import { fails, LEAK_EXIT_CODE, type FailOn } from '../options/fail-on.ts';
import { checkJsonTarget } from '../output/check-json-target.ts';
import { complain } from '../output/complain.ts';
import { dumpLine } from '../output/dump-line.ts';
import { LiveLine } from '../output/live-line.ts';
import { terminalLook, type TerminalLook } from '../output/terminal.ts';
import { writeAll } from '../output/write-all.ts';
import { toolVersion } from '../tool-version.ts';

/** What heaptrail itself could not do. */
const OWN_FAILURE = 125;

/** Runs a program under observation and reports. Gives the exit code. */
export async function runCommand(command: readonly string[], flags: RunFlags): Promise<number> {
  checkJsonTarget(flags.json);
  const look = terminalLook(2, flags.color);
  const live = look.interactive && flags.quiet !== true;
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
    if (live) line = new LiveLine(run, renderLiveLine);
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
 * Waits for the observation, analyses, stores and shows. Whatever goes wrong here must not take the command down: it is told, and heaptrail
 * goes on waiting for the command as its parent.
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
