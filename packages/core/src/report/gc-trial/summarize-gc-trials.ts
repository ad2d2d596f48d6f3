import { median } from '../../series/order-statistics.ts';
import type { GcTrialAnswer, GcTrialChange, GcTrialRow } from './gc-trial-answer.ts';
import type { GcTrialRun } from './gc-trial-run.ts';
import { meanChange } from './mean-change.ts';
import { gcTrialNotes } from './notes.ts';
import { OWN_SETTING } from './settings.ts';

/** The table of all runs. Rounds that are not whole are left out; at least one must be, and `own` must be among the settings. */
export function summarizeGcTrials(runs: readonly GcTrialRun[], settings: readonly string[]): GcTrialAnswer {
  const rounds = wholeRounds(runs, settings);
  const used = rounds.flat();
  const rows = settings.map((setting) => row(setting, rounds, settings.length - 1));
  const leading = used[0].leading;
  return {
    implementation: leading.implementation,
    python: leading.python,
    rounds: rounds.length,
    rows,
    faster: better(rows, (each) => each.wallChange),
    cheaper: better(rows, (each) => each.cpuChange),
    smaller: better(rows, (each) => each.memoryChange),
    notes: gcTrialNotes(used),
  };
}

function wholeRounds(runs: readonly GcTrialRun[], settings: readonly string[]): GcTrialRun[][] {
  const byRound = new Map<number, GcTrialRun[]>();
  for (const run of runs) byRound.set(run.round, [...(byRound.get(run.round) ?? []), run]);
  return [...byRound.values()].filter((round) => settings.every((setting) => round.some((run) => run.setting === setting)));
}

function row(setting: string, rounds: readonly (readonly GcTrialRun[])[], comparisons: number): GcTrialRow {
  const mine = rounds.map((round) => round.find((run) => run.setting === setting)!);
  const middle = (of: (run: GcTrialRun) => number | undefined): number => median(Float64Array.from(mine, (run) => of(run) ?? 0));
  const change = (of: (run: GcTrialRun) => number): GcTrialChange | undefined => {
    if (setting === OWN_SETTING) return undefined;
    const own = rounds.map((round) => of(round.find((run) => run.setting === OWN_SETTING)!));
    const ratios = mine.map((run, at) => of(run) / own[at]);
    return ratios.every((ratio) => Number.isFinite(ratio) && ratio > 0) ? meanChange(ratios, comparisons) : undefined;
  };
  const hasCollections = mine.every((run) => run.collections !== undefined);
  return {
    setting,
    wallMs: middle((run) => run.wallMs),
    cpuMs: middle((run) => run.cpuMs),
    peakRssBytes: middle((run) => run.peakRssBytes),
    pauses: hasCollections ? middle((run) => run.collections?.pauses) : undefined,
    pauseMs: hasCollections ? middle((run) => run.collections?.totalMs) : undefined,
    longestPauseMs: hasCollections ? middle((run) => run.collections?.longestMs) : undefined,
    collectedObjects: hasCollections ? middle((run) => run.collections?.collectedObjects) : undefined,
    wallChange: change((run) => run.wallMs),
    cpuChange: change((run) => run.cpuMs),
    memoryChange: change((run) => run.peakRssBytes),
  };
}

/** Whose interval lies below zero as a whole, the largest gain first. */
function better(rows: readonly GcTrialRow[], of: (row: GcTrialRow) => GcTrialChange | undefined): string[] {
  return rows
    .filter((each) => (of(each)?.highPercent ?? 0) < 0)
    .sort((a, b) => of(a)!.percent - of(b)!.percent)
    .map((each) => each.setting);
}
