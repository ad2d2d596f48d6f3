import { GrowingUint32 } from '../../graph/growing-column.ts';
import type { NodeIndex, OutsideReferences } from '../../graph/heap-graph.ts';
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

/**
 * References of held objects that no object of the heap accounts for, less those of the variables that `frames` names, by
 * old numbers. Immortal objects have no count, and are left out.
 */
export function outsideCounts(
  held: Uint32Array,
  referenceCounts: Uint32Array,
  counted: Uint32Array,
  frames: readonly NodeIndex[],
): readonly (readonly [node: NodeIndex, references: number])[] {
  const ofVariables = new Map<NodeIndex, number>();
  for (const node of frames) ofVariables.set(node, (ofVariables.get(node) ?? 0) + 1);
  const found: (readonly [NodeIndex, number])[] = [];
  for (const node of held) {
    if (referenceCounts[node] === IMMORTAL) continue;
    const references = referenceCounts[node] - counted[node] - (ofVariables.get(node) ?? 0);
    if (references > 0) found.push([node, references]);
  }
  return found;
}

/** The same by new numbers. */
export function outsideColumns(counts: readonly (readonly [NodeIndex, number])[], numberOf: Uint32Array): OutsideReferences {
  const sorted = counts.map(([node, references]) => [numberOf[node], references] as const).sort(([a], [b]) => a - b);
  return { node: Uint32Array.from(sorted, ([node]) => node), references: Uint32Array.from(sorted, ([, references]) => references) };
}
