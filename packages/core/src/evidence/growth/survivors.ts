import type { PlaceId } from './place-table.ts';

/** Where the objects of one dump were: what is kept of a heap when its graph is let go. 12 bytes an object. */
export interface PlacedAddresses {
  readonly atMs: number;
  readonly address: Float64Array | Uint32Array;
  readonly placeOf: Uint32Array;
}

/** Addresses of the objects at some places, by place. */
export function addressesAt(dump: PlacedAddresses, wanted: ReadonlySet<PlaceId>): ReadonlyMap<PlaceId, ReadonlySet<number>> {
  const found = new Map<PlaceId, Set<number>>();
  for (const place of wanted) found.set(place, new Set());
  for (let node = 0; node < dump.placeOf.length; node++) {
    const place = dump.placeOf[node];
    if (wanted.has(place)) found.get(place)!.add(dump.address[node]);
  }
  return found;
}

/**
 * Share of the objects at a place that are still there one dump later, pooled over all consecutive dumps. A leak keeps
 * nearly all; a queue that backs up or a busy pool keeps few. An address can be reused, so this errs on the high side only.
 */
export function survivalAt(place: PlaceId, dumps: readonly ReadonlyMap<PlaceId, ReadonlySet<number>>[]): number {
  let before = 0;
  let kept = 0;
  for (let i = 1; i < dumps.length; i++) {
    const now = dumps[i].get(place)!;
    for (const address of dumps[i - 1].get(place)!) {
      before++;
      if (now.has(address)) kept++;
    }
  }
  return before === 0 ? 1 : kept / before;
}

/**
 * Share of the objects of the earlier half of the dumps (the middle one left out) that are still there in the last. What is
 * kept for a while and then dropped as a whole is gone by then; what leaks is not. Errs on the high side only, as above.
 */
export function remainsAt(place: PlaceId, dumps: readonly ReadonlyMap<PlaceId, ReadonlySet<number>>[]): number {
  const last = dumps[dumps.length - 1].get(place)!;
  let before = 0;
  let kept = 0;
  for (const dump of dumps.slice(0, Math.floor((dumps.length - 1) / 2))) {
    for (const address of dump.get(place)!) {
      before++;
      if (last.has(address)) kept++;
    }
  }
  return before === 0 ? 1 : kept / before;
}
