/** Sorts items in place by `key[item]`, stably: radix sort, 16 bits at a time. Linear; does nothing when they are in order. */
export function orderByKey(items: Uint32Array, key: Uint32Array): void {
  let sorted = true;
  let largest = 0;
  for (let i = 0; i < items.length; i++) {
    const at = key[items[i]];
    if (i > 0 && at < key[items[i - 1]]) sorted = false;
    if (at > largest) largest = at;
  }
  if (sorted) return;
  if (items.length < 64) {
    const ordered = Array.from(items).sort((a, b) => key[a] - key[b]);
    items.set(ordered);
    return;
  }
  const scratch = new Uint32Array(items.length);
  for (let shift = 0; shift < 32 && largest >>> shift > 0; shift += 16) {
    const first = new Uint32Array(0x10001);
    for (const item of items) first[((key[item] >>> shift) & 0xffff) + 1]++;
    for (let bucket = 1; bucket < first.length; bucket++) first[bucket] += first[bucket - 1];
    for (const item of items) scratch[first[(key[item] >>> shift) & 0xffff]++] = item;
    items.set(scratch);
  }
}
