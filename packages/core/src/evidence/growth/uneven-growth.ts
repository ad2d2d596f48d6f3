import { NO_PLACE, type PlaceId, type PlaceTable } from './place-table.ts';
import type { PlaceTotals } from './place-walk.ts';
import { seriesOf } from './growing-places.ts';
import { LEAST_GAIN, rises } from './rising.ts';

/** Fewer dumps have no interval whose objects had time to go. How few are enough to speak of a leak is the judgement's. */
const FEWEST_DUMPS = 3;
/** A place that falls deeper than this share of its gain comes and goes. */
const DEEPEST_FALL = 0.5;
/** What stays must account for this share of the gain, and the other way round. */
const SAME_AMOUNT = 0.5;
/** The places with most gain; looking at survivors takes a set for each and dump. */
const MOST_PLACES = 200;

/** Places that gained over the session, though not from every dump to the next: traffic that comes and goes may hide a leak below it. Most gain first. */
export function unevenPlaces(places: PlaceTable, dumps: readonly PlaceTotals[]): readonly PlaceId[] {
  if (dumps.length < FEWEST_DUMPS) return [];
  const found: { place: PlaceId; gain: number }[] = [];
  for (let place = 1; place < places.size; place++) {
    const parent = places.parent(place);
    if (parent !== NO_PLACE && !((dumps[0].objects[parent] ?? 0) > 0)) continue;
    const gain = (dumps[dumps.length - 1].objects[place] ?? 0) - (dumps[0].objects[place] ?? 0);
    if (gain < LEAST_GAIN) continue;
    const counts = seriesOf(dumps, 'objects', place);
    if (!rises(counts) && deepestFall(counts) <= DEEPEST_FALL * gain) found.push({ place, gain });
  }
  return found
    .sort((a, b) => b.gain - a.gain || a.place - b.place)
    .slice(0, MOST_PLACES)
    .map(({ place }) => place);
}

/**
 * True when every interval between two dumps left objects that never went again, and these are most of the gain (after
 * GenCount: a leak has survivors of every age, a busy pool only young ones). The last interval is left out: its objects
 * have had no time to go. `alive` are the addresses at the place, dump by dump.
 */
export function leavesSurvivorsInEachInterval(alive: readonly ReadonlySet<number>[]): boolean {
  const last = alive.length - 1;
  const since = new Map<number, number>();
  for (const address of alive[last]) since.set(address, last);
  for (let dump = last - 1; dump >= 0; dump--)
    for (const address of alive[dump]) if (since.get(address) === dump + 1) since.set(address, dump);
  const bornIn = new Float64Array(alive.length);
  for (const dump of since.values()) bornIn[dump]++;
  const survivors = bornIn.subarray(1, last);
  const total = survivors.reduce((sum, count) => sum + count, 0);
  const gain = alive[last].size - alive[0].size;
  return survivors.every((count) => count >= 1) && total >= LEAST_GAIN && total >= SAME_AMOUNT * gain && gain >= SAME_AMOUNT * total;
}

function deepestFall(counts: ArrayLike<number>): number {
  let deepest = 0;
  for (let i = 1; i < counts.length; i++) deepest = Math.max(deepest, counts[i - 1] - counts[i]);
  return deepest;
}
