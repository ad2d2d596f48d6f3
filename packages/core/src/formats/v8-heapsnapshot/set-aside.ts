import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { EdgeRows } from './edge-rows.ts';
import { edgeTypeOf, isByPosition } from './edge-types.ts';
import { known } from './known-names.ts';
import { nodeTypeOf, type SnapshotColumns } from './snapshot-columns.ts';
import type { SpecialNodes } from './special-nodes.ts';

const SLOPPY_FUNCTION_MAP = known('sloppy_function_map');

/**
 * Sets references aside that DevTools does not count distances along (HeapSnapshot.ts, JSHeapSnapshot.calculateDistances):
 * the map of sloppy functions of a native context, and the values in arrays of descriptors, which maps share although not
 * every value belongs to each of them. Fed block by block, while the names of the references are at hand.
 */
export class AsideReferences {
  readonly #columns: SnapshotColumns;
  readonly #special: SpecialNodes;
  /** First special node whose references have not all been seen. */
  #place = 0;

  constructor(columns: SnapshotColumns, special: SpecialNodes) {
    this.#columns = columns;
    this.#special = special;
  }

  /** Judges the rows `[firstRow, endRow[`, whose names `rows` still has. */
  block(rows: EdgeRows, firstRow: number, endRow: number): void {
    const { firstEdge } = this.#columns;
    const special = this.#special;
    for (; this.#place < special.count; this.#place++) {
      const node = special.node(this.#place);
      if (firstEdge[node] >= endRow) return;
      const end = Math.min(firstEdge[node + 1], endRow);
      for (let edge = Math.max(firstEdge[node], firstRow); edge < end; edge++)
        if (this.#isAside(this.#place, node, rows.flags[edge], rows.names[edge - rows.namesFrom])) rows.flags[edge] |= EdgeFlag.aside;
      if (firstEdge[node + 1] > endRow) return;
    }
  }

  #isAside(place: number, node: number, flags: number, name: number): boolean {
    const type = edgeTypeOf(flags);
    const nodeType = nodeTypeOf(this.#columns, node);
    const { strings, texts } = this.#columns;
    if (this.#special.is(place, 'system / NativeContext'))
      return nodeType === 'hidden' && !isByPosition(type) && strings.knownNames[name] === SLOPPY_FUNCTION_MAP;
    if (!this.#special.is(place, '(map descriptors)') || nodeType !== 'array') return false;
    const index = isByPosition(type) ? name : Number.parseInt(texts.text(name), 10);
    // The first two are the count and the cache of keys; then come key, type and value in turns.
    return index >= 2 && index % 3 === 1;
  }
}
