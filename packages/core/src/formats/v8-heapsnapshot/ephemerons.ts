import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { GrowingUint32 } from '../../graph/growing-column.ts';
import { parseEphemeronName } from './ephemeron-name.ts';
import type { SnapshotColumns } from './snapshot-columns.ts';

/**
 * Of the two references that show the value of a WeakMap entry, the one from the table holds nothing: the key is what the
 * value lives by, and both together say it twice (HeapSnapshot.ts, computeIsEssentialEdge).
 */
export function judgeEphemerons(
  columns: SnapshotColumns,
  id: Uint32Array | Float64Array,
  edges: GrowingUint32,
  names: GrowingUint32,
): void {
  const { firstEdge, edgeFlags, texts } = columns;
  let source = 0;
  for (let i = 0; i < edges.length; i++) {
    const edge = edges.at(i);
    source = ownerOf(firstEdge, edge, source);
    const parsed = parseEphemeronName(texts.text(names.at(i)));
    if (parsed?.tableId === id[source]) edgeFlags[edge] |= EdgeFlag.holdsNothing;
  }
}

/** The node whose references `edge` is among, which is `from` or one after it. */
function ownerOf(firstEdge: Uint32Array, edge: number, from: number): number {
  let low = from;
  let high = firstEdge.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (firstEdge[middle] <= edge) low = middle;
    else high = middle - 1;
  }
  return low;
}
