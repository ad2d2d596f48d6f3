import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { reverseEdges } from '../../graph/reverse-edges.ts';
import { concreteGrowth, type ConcreteGrowth } from './concrete-holder.ts';
import { growingPlaces, seriesOf, type GrowingPlace } from './growing-places.ts';
import { rateOf, type Rate } from './growth-rate.ts';
import { groupMirrors } from './mirrors.ts';
import { newcomers } from './newcomers.ts';
import { NO_PLACE, PlaceTable, type PlaceId } from './place-table.ts';
import { placeHeap, type PlacedHeap, type PlaceTotals } from './place-walk.ts';
import { linksBetween, NO_LINKS, regionsOf, type Links, type Regions } from './regions.ts';
import { laterOverEarlier, LEAST_GAIN } from './rising.ts';
import { addressesAt, remainsAt, survivalAt, type PlacedAddresses } from './survivors.ts';
import { leavesSurvivorsInEachInterval, unevenPlaces } from './uneven-growth.ts';
import { swellingPlaces, type SwellingPlace } from './swelling-places.ts';
import { shareWaitingForCollector } from './waiting-for-collector.ts';

/** How good a name a holder makes; the program's own modules have 0. */
const Quality = { interpreter: 6, native: 7, none: 8 } as const;

/** One growth: a holder, what multiplies under it, and who else holds the same. */
export interface Growth {
  readonly place: GrowingPlace;
  readonly concrete: ConcreteGrowth;
  /** Objects (or entries, where only these rise) in each dump: the largest member. */
  readonly counts: readonly number[];
  readonly timesMs: readonly number[];
  /** Dumps in which there were more than in the one before; the first counts. Fewer than all where traffic comes and goes above a rising floor. */
  readonly grewIn: number;
  /** True when no name of the program leads to the holder: only the interpreter or native code has it. */
  readonly heldNatively: boolean;
  readonly objects: Rate;
  readonly bytes: Rate;
  /** See `survivalAt`. */
  readonly survival: number;
  /** See `remainsAt`. */
  readonly remains: number;
  /** See `laterOverEarlier`. */
  readonly laterOverEarlier: number;
  readonly otherHolders: readonly { readonly place: GrowingPlace; readonly concrete: ConcreteGrowth }[];
  /** Folded away: weak containers that follow the same objects. Place texts from the root. */
  readonly mirrors: readonly (readonly string[])[];
}

export interface GrowthResult {
  readonly growths: readonly Growth[];
  /** What becomes larger and not more. */
  readonly swelling: readonly SwellingPlace[];
  /** The last heap, with its walk, for questions about paths. */
  readonly heap: PlacedHeap;
  /** How many objects there were at a place, dump by dump. */
  countsAt(place: PlaceId): readonly number[];
}

/**
 * Growth by path between the dumps of one process (notes A1, A2; LeakCanary 3 after BLeak): dumps go in one after the
 * other, only the last graph is kept. 12 bytes an object and dump. One per process; not for graphs of different runtimes.
 */
export class GrowthTracker {
  readonly places = new PlaceTable();
  readonly #earlier: PlacedAddresses[] = [];
  readonly #totals: PlaceTotals[] = [];
  #last: PlacedHeap | undefined;

  get dumpCount(): number {
    return this.#totals.length;
  }

  add(graph: HeapGraph, atMs: number): PlacedHeap {
    const heap = placeHeap(graph, this.places);
    this.#totals.push(heap.totals);
    this.#earlier.push({ atMs, address: graph.address, placeOf: heap.placeOf });
    this.#last = heap;
    return heap;
  }

  /** Topmost growing places so far, cheaply: for the decision whether to trace allocations. */
  growing(leastGain: number): readonly GrowingPlace[] {
    return growingPlaces(this.places, this.#totals, leastGain);
  }

  result(): GrowthResult | undefined {
    const heap = this.#last;
    if (heap === undefined) return undefined;
    const rising = this.#rising(heap);
    const dumps = this.#addressesOf(rising);
    // Where only entries rise, the holder must be the same object all the time, not one made anew for every dump.
    const candidates = rising.filter(({ holder, members }) => members.length > 0 || someStay(holder, dumps));
    const regions = regionsOf(this.places, heap, candidates);
    const links = candidates.length < 2 ? NO_LINKS : this.#links(heap, regions, candidates.length);
    const concrete = candidates.map((growing) => concreteGrowth(this.places, heap, growing, dumps[0]));
    const gains = candidates.map((growing) => this.#counts(growing).at(-1)! - this.#counts(growing)[0]);
    const quality = candidates.map((growing, i) => this.#quality(heap, growing, concrete[i]));
    const groups = groupMirrors(gains, links, (a, b) => quality[a] - quality[b] || a - b);
    const bytes = this.#bytesByRegion(regions.regionOfPlace, candidates);
    const growths = groups.map(({ primary, otherHolders, mirrors }): Growth => {
      const place = candidates[primary];
      const counts = this.#counts(place);
      const timesMs = this.#earlier.map((dump) => dump.atMs);
      const together = [primary, ...otherHolders, ...mirrors];
      return {
        place,
        concrete: concrete[primary],
        counts,
        timesMs,
        grewIn: counts.filter((count, i) => i === 0 || count > counts[i - 1]).length,
        heldNatively: quality[primary] >= Quality.native,
        objects: rateOf(timesMs, counts),
        bytes: rateOf(
          timesMs,
          timesMs.map((_, dump) => together.reduce((sum, i) => sum + bytes[i][dump], 0)),
        ),
        survival: place.members.length === 0 ? 1 : Math.max(...place.members.map((member) => survivalAt(member, dumps))),
        remains: place.members.length === 0 ? 1 : Math.max(...place.members.map((member) => remainsAt(member, dumps))),
        laterOverEarlier: laterOverEarlier(timesMs, counts),
        otherHolders: otherHolders.map((i) => ({ place: candidates[i], concrete: concrete[i] })),
        mirrors: mirrors.map((i) => this.places.path(candidates[i].holder)),
      };
    });
    return {
      growths,
      swelling: swellingPlaces(this.places, this.#totals),
      heap,
      countsAt: (at) => Array.from(seriesOf(this.#totals, 'objects', at)),
    };
  }

  /** Places that rise, without those whose entries wait for the collector. */
  #rising(heap: PlacedHeap): readonly GrowingPlace[] {
    const rising = growingPlaces(this.places, this.#totals, LEAST_GAIN, this.#uneven());
    return rising.filter((growing) => !this.#waitsForCollector(heap, growing));
  }

  #links(heap: PlacedHeap, regions: Regions, count: number): Links {
    const isNew = newcomers(heap.graph, this.#earlier[0].address);
    return linksBetween(heap.graph, heap, regions, reverseEdges(heap.graph), count, isNew);
  }

  /** Places that rise below the traffic that comes and goes. */
  #uneven(): ReadonlySet<PlaceId> {
    const places = unevenPlaces(this.places, this.#totals);
    const wanted = new Set(places);
    const dumps = places.length === 0 ? [] : this.#earlier.map((dump) => addressesAt(dump, wanted));
    return new Set(places.filter((place) => leavesSurvivorsInEachInterval(dumps.map((dump) => dump.get(place)!))));
  }

  #counts(growing: GrowingPlace): readonly number[] {
    const series = growing.members.map((member) => seriesOf(this.#totals, 'objects', member));
    if (series.length === 0) series.push(seriesOf(this.#totals, 'entries', growing.holder));
    return Array.from(series[0], (_, dump) => Math.max(...series.map((each) => each[dump])));
  }

  #addressesOf(candidates: readonly GrowingPlace[]): readonly ReadonlyMap<PlaceId, ReadonlySet<number>>[] {
    const wanted = new Set(candidates.flatMap(placesToFollow));
    return this.#earlier.map((dump) => addressesAt(dump, wanted));
  }

  /** Bytes below each candidate and of the tables of its holder, by dump. */
  #bytesByRegion(regionOfPlace: Int32Array, candidates: readonly GrowingPlace[]): readonly Float64Array[] {
    const bytes = candidates.map(() => new Float64Array(this.#totals.length));
    this.#totals.forEach((totals, dump) => {
      for (let place = 1; place < totals.bytes.length; place++) {
        const region = regionOfPlace[place];
        if (region >= 0) bytes[region][dump] += totals.bytes[place];
      }
      candidates.forEach((growing, i) => {
        if (growing.holder !== NO_PLACE && regionOfPlace[growing.holder] !== i) bytes[i][dump] += totals.bytes[growing.holder] ?? 0;
      });
    });
    return bytes;
  }

  /** Entries that follow garbage go with it: not growth. */
  #waitsForCollector(heap: PlacedHeap, growing: GrowingPlace): boolean {
    const members = new Set(growing.members);
    return shareWaitingForCollector(heap, (place) => members.has(place)) >= 0.5;
  }

  /** Lower is better: who should be named when several hold the same objects. Program code before the language's own library before native code. */
  #quality(heap: PlacedHeap, growing: GrowingPlace, concrete: ConcreteGrowth): number {
    if (growing.holder === NO_PLACE || concrete.holder === undefined) return Quality.none;
    const { graph, walk } = heap;
    let at: NodeIndex = concrete.holder;
    while (walk.parent[at] >= 0) at = walk.parent[at]!;
    const root = graph.roots[walk.rootIndex[at]];
    if (root === undefined || root.kind === 'native') return Quality.native;
    if (root.kind === 'interpreter') return Quality.interpreter;
    if (root.kind === 'frame') return graph.language.isLibraryFrame(root.frame) ? 4 : 1;
    return (graph.language.isLibraryModule(root.name) ? 3 : 0) + (growing.members.length === 0 ? 1 : 0);
  }
}

/** Members, or the holder itself where only its entries rise. */
function placesToFollow({ holder, members }: GrowingPlace): readonly PlaceId[] {
  return members.length > 0 ? members : [holder];
}

/** True when an object at the place was there in every dump. */
function someStay(place: PlaceId, dumps: readonly ReadonlyMap<PlaceId, ReadonlySet<number>>[]): boolean {
  const [first, ...later] = dumps.map((dump) => dump.get(place)!);
  return [...first].some((address) => later.every((dump) => dump.has(address)));
}
