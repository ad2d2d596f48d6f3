import { sourceOfEdge } from '../../graph/bisection.ts';
import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { GrowingUint32 } from '../../graph/growing-column.ts';
import type { PairedReferences } from '../../graph/paired-references.ts';
import type { EphemeronTable } from './ephemeron-table.ts';
import type { SnapshotColumns } from './snapshot-columns.ts';

/**
 * Of the two references that show the value of a WeakMap entry, the one from the table holds nothing: the value lives by its
 * key, and both would say it twice (HeapSnapshot.ts, computeIsEssentialEdge). Returns which two belong together.
 */
export function judgeEphemerons(
  columns: SnapshotColumns,
  id: Uint32Array | Float64Array,
  edges: GrowingUint32,
  names: GrowingUint32,
): PairedReferences | undefined {
  if (edges.length === 0) return undefined;
  const { firstEdge, edgeFlags } = columns;
  const { ephemerons } = columns.strings;
  const pairs = new PairNumbers(ephemerons, edges.length);
  const pair = new Uint32Array(edges.length);
  let source = 0;
  for (let i = 0; i < edges.length; i++) {
    const edge = edges.at(i);
    source = sourceOfEdge(firstEdge, edge, source);
    const place = ephemerons.placeOf(names.at(i));
    if (ephemerons.tableId.at(place) === id[source]) edgeFlags[edge] |= EdgeFlag.holdsNothing;
    pair[i] = pairs.numberOf(place);
  }
  return { edge: edges.finish(), pair };
}

/** One number for all names of the same key, value and table: a hash table in one column, at most half full. */
class PairNumbers {
  readonly #table: EphemeronTable;
  /** Place of the first name of a pair and one, or 0. */
  readonly #slots: Uint32Array;

  constructor(table: EphemeronTable, most: number) {
    this.#table = table;
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * most + 1)));
  }

  numberOf(place: number): number {
    const { keyId, valueId, tableId } = this.#table;
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hash =
      Math.imul(keyId.at(place), 0x9e3779b1) ^ Math.imul(valueId.at(place), 0x85ebca6b) ^ Math.imul(tableId.at(place), 0xc2b2ae35);
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const first = slots[slot] - 1;
      if (first < 0) {
        slots[slot] = place + 1;
        return place;
      }
      if (keyId.at(first) === keyId.at(place) && valueId.at(first) === valueId.at(place) && tableId.at(first) === tableId.at(place))
        return first;
    }
  }
}
