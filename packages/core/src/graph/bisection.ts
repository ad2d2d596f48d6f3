/**
 * The first place in [from, end) that is not before what is looked for, or `end`: `isBefore` is true of all places up to
 * there and of none after. Every other search here is this one. Loaders with a search in their innermost loop write it out.
 */
export function firstPlace(from: number, end: number, isBefore: (place: number) => boolean): number {
  let low = from;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Place of a value in a column that ascends without repeats, or -1. */
export function placeOf(ascending: ArrayLike<number>, value: number): number {
  const place = firstPlace(0, ascending.length, (at) => ascending[at] < value);
  return ascending[place] === value ? place : -1;
}

/** The node whose references `edge` is among, which is `from` or one after it. */
export function sourceOfEdge(firstEdge: Uint32Array, edge: number, from = 0): number {
  return firstPlace(from, firstEdge.length - 1, (node) => firstEdge[node] <= edge) - 1;
}
