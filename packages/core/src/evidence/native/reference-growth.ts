import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { ObjectRole } from '../../graph/language.ts';
import { nativeHolds, type NativeHold } from './native-holds.ts';

/** Below this many references more, what functions on the stack hold for a moment would do. */
const LEAST_GAIN = 50;
const FEWEST_DUMPS = 4;
/** From here on a rise that is too small, or seen too seldom, to be told from that is said to be open. */
const LEAST_GAIN_IN_DOUBT = 10;
/** A rise over all that falls deeper than this share of its gain comes and goes. */
const DEEPEST_FALL = 0.5;
/** Share of the new references that must be on objects that had one before: else there are more objects, which is growth of the heap. */
const ON_THE_SAME_OBJECTS = 0.5;
/** Where so many objects came for each new reference, they may hold it in a place that the collector does not look into. */
const AS_MANY_OBJECTS: readonly [number, number] = [0.5, 2];
/** Shared by all code, and referred to from places that the collector does not look into: their counts say nothing. */
const SHARED: ReadonlySet<ObjectRole | undefined> = new Set<ObjectRole>(['constant', 'class', 'callable', 'runtime', 'weak']);

/** References from outside to objects of one type that rise in every dump, while the objects do not. */
export interface ReferenceGrowth {
  readonly type: string;
  /** One for each dump. */
  readonly references: readonly number[];
  readonly objects: readonly number[];
  /** The object of the last dump that has most of them. */
  readonly most: NodeIndex;
  /** References of that object. */
  readonly referencesOfMost: number;
}

export interface ReferenceGrowths {
  /** Rose in each of enough dumps, and by enough. The steepest first. */
  readonly growths: readonly ReferenceGrowth[];
  /** Rose, in dumps that are too few or by too little to be told from what is held for a moment. The steepest first. */
  readonly open: readonly ReferenceGrowth[];
}

/** The smallest rise that is told, in words. */
export const SMALLEST_REFERENCE_GROWTH = `a rise in each of at least ${FEWEST_DUMPS} dumps, by ${LEAST_GAIN} references in all, is the smallest that is told`;

/**
 * Objects that are retained again and again and stay where they are: nothing in the heap grows, only their reference
 * counts do. Counts by type, dump after dump; only the last dump is kept.
 */
export class ReferenceGrowthTracker {
  readonly #dumps: ReadonlyMap<string, NativeHold>[] = [];
  #firstCounts: ReadonlyMap<string, number> | undefined;
  #uncounted = false;
  #last: HeapGraph | undefined;

  add(graph: HeapGraph): void {
    const holds = nativeHolds(graph);
    if (holds === undefined) this.#uncounted = true;
    else {
      this.#last = graph;
      this.#firstCounts ??= objectsByType(graph);
      this.#dumps.push(new Map(holds.map((hold) => [hold.type, hold])));
    }
  }

  /** Empty where a dump had no counts. */
  result(): ReferenceGrowths {
    const last = this.#last;
    if (last === undefined || this.#uncounted || this.#dumps.length < 2) return { growths: [], open: [] };
    const gains = this.#gains(last);
    const rising = [...mostByType(last)]
      .map(([type, most]): ReferenceGrowth => {
        const rows = this.#dumps.map((dump) => dump.get(type));
        return { type, references: rows.map((row) => row?.references ?? 0), objects: rows.map((row) => row?.objects ?? 0), ...most };
      })
      .filter(({ references, objects }) => {
        const gained = gainOf(references);
        if (gained < LEAST_GAIN_IN_DOUBT || gained - gainOf(objects) < ON_THE_SAME_OBJECTS * gained) return false;
        return !gains.some((gain) => gain >= AS_MANY_OBJECTS[0] * gained && gain <= AS_MANY_OBJECTS[1] * gained);
      })
      .sort((a, b) => gainOf(b.references) - gainOf(a.references) || (a.type < b.type ? -1 : 1));
    const isTold = ({ references }: ReferenceGrowth): boolean =>
      references.length >= FEWEST_DUMPS && gainOf(references) >= LEAST_GAIN && risesAlways(references);
    return {
      growths: rising.filter(isTold),
      open: rising.filter((each) => !isTold(each) && deepestFall(each.references) <= DEEPEST_FALL * gainOf(each.references)),
    };
  }

  /** By how many objects each type has grown. */
  #gains(last: HeapGraph): readonly number[] {
    return Array.from(objectsByType(last), ([type, count]) => count - (this.#firstCounts?.get(type) ?? 0));
  }
}

function objectsByType(graph: HeapGraph): ReadonlyMap<string, number> {
  const counts = new Uint32Array(graph.types.length);
  for (const type of graph.typeOf) counts[type]++;
  const found = new Map<string, number>();
  graph.types.forEach(({ displayName }, type) => found.set(displayName, (found.get(displayName) ?? 0) + counts[type]));
  return found;
}

/** The object with most references of each type that is not shared by all code. */
function mostByType(graph: HeapGraph): ReadonlyMap<string, Pick<ReferenceGrowth, 'most' | 'referencesOfMost'>> {
  const found = new Map<string, Pick<ReferenceGrowth, 'most' | 'referencesOfMost'>>();
  graph.outside?.node.forEach((node, i) => {
    if (SHARED.has(graph.language.role(graph, node))) return;
    const type = graph.types[graph.typeOf[node]].displayName;
    const references = graph.outside!.references[i];
    if (references > (found.get(type)?.referencesOfMost ?? 0)) found.set(type, { most: node, referencesOfMost: references });
  });
  return found;
}

function gainOf(series: readonly number[]): number {
  return series[series.length - 1] - series[0];
}

function risesAlways(series: readonly number[]): boolean {
  return series.every((value, i) => i === 0 || value > series[i - 1]);
}

function deepestFall(series: readonly number[]): number {
  return series.reduce((deepest, value, i) => Math.max(deepest, i === 0 ? 0 : series[i - 1] - value), 0);
}
