import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { GcTrialRun } from '@heaptrail/core';
import { GcTrialNotEnteredError } from '../errors/gc-trial-not-entered-error.ts';
import { GcTrialUnfinishedError } from '../errors/gc-trial-unfinished-error.ts';
import { launch, type CommandExit } from '../run/launch.ts';
import { pythonBootstrap } from '../run/python-bootstrap.ts';
import { SignalRelay } from '../run/signal-relay.ts';
import { readTrialFiles, type TrialFile } from './read-trial-files.ts';

export interface TrialOptions {
  readonly command: readonly string[];
  readonly setting: string;
  readonly round: number;
  /** Folder for the files of all runs. */
  readonly folder: string;
  /** What the program prints goes to our own streams; otherwise it is thrown away. */
  readonly showOutput: boolean;
}

export interface TrialOutcome {
  readonly run: GcTrialRun;
  /** Somebody asked for an end (Ctrl-C) while it ran. */
  readonly isInterrupted: boolean;
}

/** Runs the command once, to its end. Throws when it cannot be started, or leaves no figures although nobody stopped it; undefined when somebody did. */
export async function runTrial(options: TrialOptions): Promise<TrialOutcome | undefined> {
  const { command, setting, round } = options;
  const folder = mkdtempSync(join(options.folder, 'run-'));
  const relay = new SignalRelay();
  try {
    const startedMs = performance.now();
    const output = options.showOutput ? 'inherit' : 'ignore';
    const child = await launch(command, environment(process.env, folder, setting), ['ignore', output, output]);
    relay.attach(child);
    const exit = await child.exited;
    const wallMs = performance.now() - startedMs;
    const files = readTrialFiles(folder);
    const ended = files.filter((file) => file.ended);
    const isInterrupted = relay.interrupted.aborted;
    if (ended.length === 0) {
      if (isInterrupted) return undefined;
      throw files.length === 0 ? new GcTrialNotEnteredError(command[0] ?? '') : new GcTrialUnfinishedError(setting, wordsOf(exit));
    }
    return { run: { setting, round, wallMs, ...exit, processes: files.length, ...figures(ended) }, isInterrupted };
  } finally {
    relay.close();
  }
}

function environment(base: NodeJS.ProcessEnv, folder: string, setting: string): NodeJS.ProcessEnv {
  const { HEAPTRAIL_SOCKET: _socket, HEAPTRAIL_OUT: _out, ...env } = base;
  return { ...env, ...pythonBootstrap(base), HEAPTRAIL_GC_TRIAL: folder, HEAPTRAIL_GC_SETTING: setting };
}

function figures(ended: readonly TrialFile[]): Pick<GcTrialRun, 'endedProcesses' | 'leading' | 'cpuMs' | 'collections' | 'peakRssBytes'> {
  const byCpu = [...ended].sort((a, b) => b.cpuMs - a.cpuMs);
  const { implementation, python, reason, thresholds, enabled, frozenAfterMs } = byCpu[0];
  const collections = ended.map((file) => file.collections).filter((each) => each !== undefined);
  return {
    endedProcesses: ended.length,
    leading: { implementation, python, reason, thresholds, enabled, frozenAfterMs },
    cpuMs: total(ended.map((file) => file.cpuMs)),
    peakRssBytes: Math.max(...ended.map((file) => file.peakRssBytes)),
    collections:
      collections.length === 0
        ? undefined
        : {
            pauses: total(collections.map((each) => each.pauses)),
            totalMs: total(collections.map((each) => each.totalMs)),
            longestMs: Math.max(...collections.map((each) => each.longestMs)),
            collectedObjects: total(collections.map((each) => each.collectedObjects)),
          },
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0);
}

function wordsOf({ exitCode, signal }: CommandExit): string {
  return signal ?? `exit code ${exitCode ?? 'unknown'}`;
}
