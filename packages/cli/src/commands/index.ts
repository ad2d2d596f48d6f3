import { analyzeVerb } from './analyze.ts';
import type { Verb } from './command.ts';
import { runVerb } from './run.ts';

/** Every verb, in the order of the help: what a newcomer needs first. */
export const verbs: readonly Verb[] = [runVerb, analyzeVerb];
