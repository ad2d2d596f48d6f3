import { GrowthTracker } from '../evidence/growth/index.ts';
import { loadDump, type Inflate } from '../formats/cpython-dump/index.ts';

/** A place need not have gained much to be worth a closer look. */
const LEAST_GAIN = 4;

/** Growth while the program still runs: tells the host whether tracing allocations is worth its cost. One per process. Not the judgement: that is `analyseSession`'s. */
export class LiveGrowth {
  readonly #tracker = new GrowthTracker();

  /** Takes one more dump, in order of time. Throws HeapDumpError for what is no dump; a damaged one is skipped. */
  addDump(bytes: Uint8Array, inflate: Inflate): { readonly growingPlaces: number; readonly topmost: string | undefined } {
    const { graph, head, whole } = loadDump(bytes, inflate);
    if (whole) this.#tracker.add(graph, head.takenAtMs);
    const growing = this.#tracker.dumpCount < 3 ? [] : this.#tracker.growing(LEAST_GAIN);
    const [first] = growing;
    return {
      growingPlaces: growing.length,
      topmost: first === undefined ? undefined : this.#tracker.places.path(first.holder || first.members[0]).join(' → '),
    };
  }
}
