import { NO_PLACE, type PlaceId, type PlaceTable } from './place-table.ts';
import type { PlaceTotals } from './place-walk.ts';
import { LEAST_GAIN, rises } from './rising.ts';

/** A place that does not itself multiply, and what multiplies right under it. */
export interface GrowingPlace {
  /** The holder: the topmost place above the growth. NO_PLACE when the growing objects are roots themselves. */
  readonly holder: PlaceId;
  /** Places under the holder that rise in every dump (keys and values of one dict are two); empty when only entries rise. */
  readonly members: readonly PlaceId[];
}

/** Series of one place over all dumps. */
export function seriesOf(dumps: readonly PlaceTotals[], column: keyof PlaceTotals, place: PlaceId): Float64Array {
  return Float64Array.from(dumps, (totals) => totals[column][place] ?? 0);
}

/**
 * The topmost places that grow over consecutive dumps, grouped by their holder, in the order of their places. A place below
 * one that multiplies is part of it and is not reported. `uneven` are places known to multiply by other evidence. Linear in the places.
 */
export function growingPlaces(
  places: PlaceTable,
  dumps: readonly PlaceTotals[],
  leastGain = LEAST_GAIN,
  uneven: ReadonlySet<PlaceId> = new Set(),
): readonly GrowingPlace[] {
  const size = places.size;
  const multiplies = new Uint8Array(size);
  const belowOne = new Uint8Array(size);
  const membersByHolder = new Map<PlaceId, PlaceId[]>();
  const last = dumps[dumps.length - 1];
  if (last === undefined || dumps.length < 2) return [];
  for (let place = 1; place < size; place++) {
    const parent = places.parent(place);
    if (parent !== NO_PLACE && (belowOne[parent] === 1 || multiplies[parent] === 1)) {
      belowOne[place] = 1;
      continue;
    }
    if (!rises(seriesOf(dumps, 'objects', place), leastGain) && !uneven.has(place)) continue;
    multiplies[place] = 1;
    // A holder that came later is state still being built up: an import, a first request (notes A1).
    if (parent !== NO_PLACE && !((dumps[0].objects[parent] ?? 0) > 0)) continue;
    const members = membersByHolder.get(parent);
    if (members === undefined || parent === NO_PLACE) membersByHolder.set(parent === NO_PLACE ? -place : parent, [place]);
    else members.push(place);
  }
  const found: GrowingPlace[] = [...membersByHolder].map(([holder, members]) => ({ holder: Math.max(holder, NO_PLACE), members }));
  // What holds entries without objects of their own: small numbers, or objects that another place holds too.
  for (let place = 1; place < size; place++) {
    if (multiplies[place] === 1 || belowOne[place] === 1 || membersByHolder.has(place)) continue;
    if ((dumps[0].objects[place] ?? 0) > 0 && rises(seriesOf(dumps, 'entries', place), leastGain))
      found.push({ holder: place, members: [] });
  }
  return found.sort((a, b) => firstPlace(a) - firstPlace(b));
}

function firstPlace(growing: GrowingPlace): PlaceId {
  return growing.holder !== NO_PLACE ? growing.holder : growing.members[0];
}
