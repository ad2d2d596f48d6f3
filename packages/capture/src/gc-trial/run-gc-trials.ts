import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GcTrialRun } from '@heaptrail/core';
import { GcTrialStoppedError } from '../errors/gc-trial-stopped-error.ts';
import { checkCommand } from '../run/launch.ts';
import { runTrial } from './run-trial.ts';
import { trialOrder } from './trial-order.ts';

const LEAST_ROUNDS = 2;

export interface GcTrialsOptions {
  readonly command: readonly string[];
  /** The first one is what the others are compared with. */
  readonly settings: readonly string[];
  readonly rounds: number;
  readonly showOutput: boolean;
  /** Called before each run; round 0 is the one that warms up and does not count. */
  readonly tell?: (round: number, setting: string) => void;
}

/**
 * Runs the command under each setting, `rounds` times, the settings of a round one after the other. One run before warms up: files
 * in the cache of the system, compiled modules. Stops at Ctrl-C and then returns what it has, if that is two rounds.
 */
export async function runGcTrials({ command, settings, rounds, showOutput, tell }: GcTrialsOptions): Promise<GcTrialRun[]> {
  checkCommand(command, process.env);
  const folder = mkdtempSync(join(tmpdir(), 'heaptrail-gc-'));
  const runs: GcTrialRun[] = [];
  try {
    const plan = Array.from({ length: rounds }, (_, round) =>
      trialOrder(settings, round).map((setting) => ({ round: round + 1, setting })),
    );
    for (const { round, setting } of [{ round: 0, setting: settings[0] }, ...plan.flat()]) {
      tell?.(round, setting);
      const outcome = await runTrial({ command, setting, round, folder, showOutput });
      if (outcome === undefined || outcome.isInterrupted) {
        const whole = Math.floor(runs.length / settings.length);
        if (whole < LEAST_ROUNDS) throw new GcTrialStoppedError(whole);
        return runs.slice(0, whole * settings.length);
      }
      if (round > 0) runs.push(outcome.run);
    }
    return runs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
