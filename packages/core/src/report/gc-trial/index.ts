export type * from './gc-trial-answer.ts';
export type * from './gc-trial-run.ts';
export { FREEZE_SETTING, OWN_SETTING } from './settings.ts';
export { summarizeGcTrials } from './summarize-gc-trials.ts';
