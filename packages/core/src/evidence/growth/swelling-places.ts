import { seriesOf } from './growing-places.ts';
import type { PlaceTable } from './place-table.ts';
import type { PlaceTotals } from './place-walk.ts';
import { rises } from './rising.ts';

/** Objects that become larger and not more: a buffer that is never cut, a text that is made longer. */
export interface SwellingPlace {
  /** Texts from the root. */
  readonly path: readonly string[];
  readonly objects: number;
  /** Of all objects at the place, with their tables; one for each dump. */
  readonly bytes: readonly number[];
}

/** Less is what buffers do. */
const LEAST_BYTES = 1 << 20;
const FEWEST_DUMPS = 4;

/** Places whose bytes rise in every dump while neither objects nor entries become more; the most gained first. Linear in the places. */
export function swellingPlaces(places: PlaceTable, dumps: readonly PlaceTotals[]): readonly SwellingPlace[] {
  if (dumps.length < FEWEST_DUMPS) return [];
  const found: SwellingPlace[] = [];
  for (let place = 1; place < places.size; place++) {
    const bytes = seriesOf(dumps, 'bytes', place);
    if (!rises(bytes, LEAST_BYTES)) continue;
    const objects = seriesOf(dumps, 'objects', place);
    if (objects[0] === 0 || objects.some((count) => count !== objects[0]) || rises(seriesOf(dumps, 'entries', place))) continue;
    found.push({ path: places.path(place), objects: objects[0], bytes: [...bytes] });
  }
  return found.sort((a, b) => gainOf(b) - gainOf(a));
}

function gainOf({ bytes }: SwellingPlace): number {
  return bytes[bytes.length - 1] - bytes[0];
}
