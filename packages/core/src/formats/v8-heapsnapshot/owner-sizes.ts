import { EdgeFlag } from '../../graph/edge-flags.ts';
import { GrowingUint32 } from '../../graph/growing-column.ts';
import type { Progress } from '../../graph/progress.ts';
import type { SnapshotColumns } from './snapshot-columns.ts';
import type { V8Type } from './v8-types.ts';

const NOBODY = 0xffffffff;
const SEVERAL = 0xfffffffe;
const PROGRESS_MASK = 0xfffff;

/**
 * Shallow sizes as DevTools shows them: what V8 keeps for an object (backing stores, tables, hidden parts) counts for the
 * one object that holds it, through however many of its like, and for itself when several do (HeapSnapshot.ts,
 * JSHeapSnapshot.calculateShallowSizes). Changes `sizes`, or returns a wider column when a sum needs it. Linear; 4 bytes a
 * node while it runs.
 */
export function moveSizesToOwners(
  columns: SnapshotColumns,
  sizes: Uint32Array | Float64Array,
  progress: Progress,
): Uint32Array | Float64Array {
  const owner = owners(columns, progress);
  const { nodeCount, rootNode, typeOf, types } = columns;
  const isGroup = Uint8Array.from(types, ({ nodeType }) => (nodeType === 'synthetic' ? 1 : 0));
  let moved = sizes;
  for (let node = 0; node < nodeCount; node++) {
    const to = owner[node];
    // An object of its own, one of several holders, or one that only V8's groups of roots hold, keeps its size.
    if (to === node || to >= SEVERAL || to === rootNode || isGroup[typeOf[to]] === 1) continue;
    const size = moved[node];
    if (size === 0) continue;
    const sum = moved[to] + size;
    if (sum > 0xffffffff && moved instanceof Uint32Array) moved = Float64Array.from(moved);
    moved[to] = sum;
    moved[node] = 0;
  }
  return moved;
}

/** Who owns each node: itself, another node, NOBODY (not reached) or SEVERAL. */
function owners(columns: SnapshotColumns, progress: Progress): Uint32Array {
  const { nodeCount, typeOf, types, firstEdge, edgeTarget, edgeFlags } = columns;
  const isOwned = Uint8Array.from(types, (type) => (isOwnedType(type) ? 1 : 0));
  const { weak } = EdgeFlag;
  const nobody = NOBODY;
  const several = SEVERAL;
  const owner = new Uint32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) owner[node] = isOwned[typeOf[node]] === 1 ? nobody : node;
  const open = new GrowingUint32();
  for (let start = 0; start < nodeCount; start++) {
    if ((start & PROGRESS_MASK) === 0) progress({ step: 'sizes', done: start, total: nodeCount });
    if (owner[start] !== start) continue;
    for (let node = start; ; node = open.pop()) {
      const mine = owner[node];
      for (let edge = firstEdge[node], end = firstEdge[node + 1]; edge < end; edge++) {
        const target = edgeTarget[edge];
        const other = owner[target];
        if (other === target || other === mine || other === several || (edgeFlags[edge] & weak) !== 0) continue;
        // Each node comes here twice at the most: once from NOBODY, once to SEVERAL.
        owner[target] = other === nobody ? mine : several;
        open.push(target);
      }
      if (open.length === 0) break;
    }
  }
  return owner;
}

/** What never stands for itself in a program: V8's own parts, arrays behind objects, the bytes of external strings. */
function isOwnedType({ nodeType, name }: V8Type): boolean {
  return nodeType === 'hidden' || nodeType === 'array' || (nodeType === 'native' && name === 'system / ExternalStringData');
}
