import type { Anchors } from '../../graph/anchors.ts';
import { EdgeFlag } from '../../graph/edge-flags.ts';
import { EdgeType, edgeTypeOf } from './edge-types.ts';
import { nodeTypeOf, type SnapshotColumns } from './snapshot-columns.ts';

/**
 * What the root holds, as DevTools ranks it: first what belongs to the page (targets of the root's shortcuts and the
 * document's trees), then everything else; distances are counted from what is no group of V8's own.
 */
export function snapshotAnchors(columns: SnapshotColumns, documentTrees: readonly number[]): Anchors {
  const { rootNode, firstEdge, edgeTarget, edgeFlags } = columns;
  const isDocument = new Set(documentTrees.filter((node) => nodeTypeOf(columns, node) === 'synthetic'));
  const first = new Set<number>();
  const second = new Set<number>();
  const near = new Set<number>();
  for (let edge = firstEdge[rootNode]; edge < firstEdge[rootNode + 1]; edge++) {
    const target = edgeTarget[edge];
    const type = edgeTypeOf(edgeFlags[edge]);
    if (nodeTypeOf(columns, target) !== 'synthetic' || isDocument.has(target)) near.add(target);
    if (target === rootNode || (edgeFlags[edge] & EdgeFlag.weak) !== 0) continue;
    if (type === EdgeType.shortcut || (type === EdgeType.element && isDocument.has(target))) first.add(target);
    else second.add(target);
  }
  return {
    rootNode,
    first: Uint32Array.from(first),
    second: Uint32Array.from([...second].filter((node) => !first.has(node))),
    near: Uint32Array.from(near),
    unreached: 'held',
  };
}

/** From the root, shortcuts are the references that count: they lead to the global objects. */
export function mendRootShortcuts(columns: SnapshotColumns): void {
  const { rootNode, firstEdge, edgeFlags } = columns;
  for (let edge = firstEdge[rootNode]; edge < firstEdge[rootNode + 1]; edge++)
    if (edgeTypeOf(edgeFlags[edge]) === EdgeType.shortcut) edgeFlags[edge] &= ~EdgeFlag.holdsNothing;
}
