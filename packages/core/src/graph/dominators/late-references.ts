import type { Scratch } from '../scratch.ts';

/** Predecessors by number: those of w are `source[first[w] .. first[w + 1]]`. Back and cross references only. */
export interface Predecessors {
  readonly first: Uint32Array;
  readonly source: Uint32Array;
}

/** A counting sort by target of the late references of a `DepthFirstTree` with numbers up to `count`. */
export function predecessors(late: Uint32Array, count: number, scratch: Scratch): Predecessors {
  const first = scratch.take(count + 2).fill(0);
  for (let i = 1; i < late.length; i += 2) first[late[i]]++;
  for (let i = 1; i <= count + 1; i++) first[i] += first[i - 1];
  const source = scratch.take(late.length / 2);
  // From the end of each list to its beginning, which is where `first` then stands.
  for (let i = 0; i < late.length; i += 2) source[--first[late[i + 1]]] = late[i];
  return { first, source };
}
