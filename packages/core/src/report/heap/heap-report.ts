import type { CyclesAnswer } from './cycles-view.ts';
import type { DominatorsAnswer } from './dominators-view.ts';
import type { FinalizersAnswer } from './finalizers-view.ts';
import type { HistogramAnswer } from './histogram-view.ts';
import type { SuspectsAnswer } from './suspects-view.ts';

/** First look at one heap: what is surely a mistake, what keeps most of it, then everything else in the order in which it is asked for. */
export interface HeapReport {
  readonly finalizers: FinalizersAnswer;
  readonly suspects: SuspectsAnswer;
  readonly dominators: DominatorsAnswer;
  readonly histogram: HistogramAnswer;
  readonly cycles: CyclesAnswer;
  /** Types of what nothing holds, most bytes first; empty where the format writes only what is held. */
  readonly garbage: readonly { readonly type: string; readonly objects: number; readonly shallowBytes: number }[];
}
