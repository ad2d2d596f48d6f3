/** The indices of all values above zero, the largest value first; ties by the second column, then in their own order. */
export function largestFirst(values: Float64Array, second: Float64Array = values): Uint32Array {
  const some = new Uint32Array(values.length);
  let count = 0;
  for (let at = 0; at < values.length; at++) if (values[at] > 0 || second[at] > 0) some[count++] = at;
  return some.subarray(0, count).sort((a, b) => values[b] - values[a] || second[b] - second[a] || a - b);
}
