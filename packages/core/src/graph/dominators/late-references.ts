import type { LateReferences } from './depth-first.ts';

/** Predecessors by number: those of w are `source[first[w] .. first[w + 1]]`. Back and cross references only. */
export interface Predecessors {
  readonly first: Uint32Array;
  readonly source: Uint32Array;
}

/** A counting sort by target. `first` takes the place of the counts. */
export function predecessors({ leadingTo, met }: LateReferences, count: number): Predecessors {
  const first = leadingTo;
  for (let i = 1; i <= count + 1; i++) first[i] += first[i - 1];
  const source = new Uint32Array(met.length / 2);
  // From the end of each list to its beginning, which is where `first` then stands.
  for (let i = 0; i < met.length; i += 2) source[--first[met[i + 1]]] = met[i];
  return { first, source };
}
