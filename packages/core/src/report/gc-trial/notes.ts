import type { GcTrialRun } from './gc-trial-run.ts';
import { FREEZE_SETTING, OWN_SETTING } from './settings.ts';

/** What the reader must know to believe the table. */
export function gcTrialNotes(runs: readonly GcTrialRun[]): string[] {
  return [...notApplied(runs), ...overruled(runs), ...switchedOff(runs), ...notFrozen(runs), ...unfinished(runs), ...exitCodes(runs)];
}

function notApplied(runs: readonly GcTrialRun[]): string[] {
  const reasons = new Map(runs.filter((run) => run.leading.reason !== '').map((run) => [run.setting, run.leading.reason]));
  return [...reasons].map(([setting, reason]) => `${setting} was not applied: ${reason}`);
}

function overruled(runs: readonly GcTrialRun[]): string[] {
  const others = new Set<string>();
  for (const { setting, leading } of runs) {
    const left = leading.thresholds?.join(',');
    if (setting.includes(',') && leading.reason === '' && left !== undefined && left !== setting) others.add(left);
  }
  if (others.size === 0) return [];
  return [
    `the program sets thresholds itself (${[...others].join(' and ')} at its end), and that wins: our setting held only until then, so the rows may hardly differ`,
  ];
}

function switchedOff(runs: readonly GcTrialRun[]): string[] {
  return runs.some((run) => !run.leading.enabled) ? ['the program switches the collector off: thresholds then change nothing'] : [];
}

function notFrozen(runs: readonly GcTrialRun[]): string[] {
  const tried = runs.filter((run) => run.setting === FREEZE_SETTING && run.leading.reason === '');
  const missed = tried.filter((run) => run.leading.frozenAfterMs === undefined).length;
  if (missed === 0) return [];
  return [
    `${missed} of ${tried.length} runs under ${FREEZE_SETTING} ended before their start was over (no new module for 250 ms): nothing was frozen there`,
  ];
}

function unfinished(runs: readonly GcTrialRun[]): string[] {
  const lost = runs.reduce((sum, run) => sum + run.processes - run.endedProcesses, 0);
  if (lost === 0) return [];
  return [`${lost} processes in ${runs.length} runs ended by a signal or os._exit: their figures are missing`];
}

function exitCodes(runs: readonly GcTrialRun[]): string[] {
  const own = new Set(runs.filter((run) => run.setting === OWN_SETTING).map(end));
  const all = new Set(runs.map(end));
  if (all.size > 1)
    return [`the program did not end alike in all runs (${[...all].sort().join(', ')}): look at what it does before you compare times`];
  const only = [...own][0];
  return only === undefined || only === 'exit code 0' ? [] : [`the program ended with ${only} in every run; --show-output lets it say why`];
}

function end({ exitCode, signal }: GcTrialRun): string {
  return signal ?? `exit code ${exitCode ?? 'unknown'}`;
}
