import { analyzeVerb } from './analyze.ts';
import type { Verb } from './command.ts';
import { cyclesVerb } from './cycles.ts';
import { diffVerb } from './diff.ts';
import { dominatorsVerb } from './dominators.ts';
import { gcVerb } from './gc.ts';
import { graphVerb } from './graph.ts';
import { histogramVerb } from './histogram.ts';
import { pathVerb } from './path.ts';
import { runVerb } from './run.ts';

/** Every verb, in the order of the help: what a newcomer needs first, then the questions to a heap file, then trials. */
export const verbs: readonly Verb[] = [
  runVerb,
  analyzeVerb,
  pathVerb,
  dominatorsVerb,
  histogramVerb,
  cyclesVerb,
  graphVerb,
  diffVerb,
  gcVerb,
];
