import { GrowthTracker } from '../evidence/growth/index.ts';
import { loadDump, type Inflate } from '../formats/cpython-dump/index.ts';

/** What a place must have gained to be worth a closer look: less when it rose twice, which chance seldom does. */
const LEAST_GAIN_ONCE = 10;
const LEAST_GAIN_TWICE = 4;

/**
 * Growth while the program still runs: tells the host whether tracing allocations is worth its cost. One per process. Not the
 * judgement: that is `analyseSession`'s.
 */
export class LiveGrowth {
  readonly #tracker = new GrowthTracker();

  /** Takes one more dump, in order of time. Throws HeapDumpError for what is no dump; a damaged one is skipped. */
  addDump(bytes: Uint8Array, inflate: Inflate): { readonly growingPlaces: number; readonly topmost: string | undefined } {
    const { graph, head, whole } = loadDump(bytes, inflate);
    if (whole) this.#tracker.add(graph, head.takenAtMs);
    const growing = this.#tracker.growing(this.#tracker.dumpCount < 3 ? LEAST_GAIN_ONCE : LEAST_GAIN_TWICE);
    const [first] = growing;
    return {
      growingPlaces: growing.length,
      topmost: first === undefined ? undefined : this.#tracker.places.path(first.holder || first.members[0]).join(' → '),
    };
  }
}
