import { GrowingUint32 } from '../../graph/growing-column.ts';
import { IMMORTAL } from './raw-dump.ts';

/**
 * Nodes that something outside the heap holds: their reference count exceeds the references that the heap accounts for
 * (`docs/architecture.md`, decision 4). Immortal objects count as held. Valid for whole dumps of builds with the
 * interpreter lock only; the caller checks that.
 */
export function heldNatively(referenceCounts: Uint32Array, counted: Uint32Array): Uint32Array {
  const held = new GrowingUint32();
  for (let node = 0; node < counted.length; node++) {
    const count = referenceCounts[node];
    if (count > counted[node] || count === IMMORTAL) held.push(node);
  }
  return held.finish();
}
