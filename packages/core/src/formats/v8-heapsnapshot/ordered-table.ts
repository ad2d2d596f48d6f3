/**
 * Where the entries of a Map or Set are in its table (V8's OrderedHashMap and OrderedHashSet): three numbers, the heads of
 * the buckets, then `[key, value, chain]` or `[member, chain]` for each entry, two entries a bucket.
 */
export interface OrderedTable {
  readonly firstEntry: number;
  /** 3 for a Map, 2 for a Set. */
  readonly entrySlots: number;
}

const HEAD_SLOTS = 3;
const MAP_SLOTS = 3;
const SET_SLOTS = 2;
const ENTRIES_IN_BUCKET = 2;

/** By the header and the slots of an array: without and with compressed pointers (Node, Chromium). */
const LAYOUTS = [
  { headerBytes: 16, slotBytes: 8 },
  { headerBytes: 8, slotBytes: 4 },
] as const;

/**
 * The layout of a table by its size, which is unlike for Maps and Sets and for the two sizes of pointers: buckets come in
 * powers of two. Undefined for what is no such table.
 */
export function orderedTable(tableBytes: number): OrderedTable | undefined {
  for (const { headerBytes, slotBytes } of LAYOUTS) {
    const slots = (tableBytes - headerBytes) / slotBytes - HEAD_SLOTS;
    for (const entrySlots of [MAP_SLOTS, SET_SLOTS]) {
      const buckets = slots / (1 + ENTRIES_IN_BUCKET * entrySlots);
      if (isPowerOfTwo(buckets)) return { firstEntry: HEAD_SLOTS + buckets, entrySlots };
    }
  }
  return undefined;
}

function isPowerOfTwo(number: number): boolean {
  return Number.isInteger(number) && number > 0 && Number.isInteger(Math.log2(number));
}
