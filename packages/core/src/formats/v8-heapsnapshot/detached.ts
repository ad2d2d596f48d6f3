import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { AttachednessList } from './attachedness-list.ts';
import { EdgeType, edgeTypeOf } from './edge-types.ts';
import { nodeTypeOf, type SnapshotColumns } from './snapshot-columns.ts';
import type { TypeTable } from './type-table.ts';
import { classNameOfNode } from './v8-types.ts';

const ATTACHED = 1;
const DETACHED = 2;

/** A native node of this name is out of the document. */
export const DETACHED_PREFIX = 'Detached ';

/**
 * Which of the browser's nodes are out of the document: those that say so, and those that only such nodes lead to. Their
 * type becomes `Detached …`, as in DevTools, where the state does not pass through objects of the program either
 * (HeapSnapshot.ts, propagateDOMState). Nothing to do for a heap without a document.
 */
export function markDetached(columns: SnapshotColumns, list: AttachednessList, types: TypeTable, nameOf: (node: number) => string): void {
  if (list.nodes.length === 0) return;
  const { typeOf } = columns;
  const isSeen = new Uint8Array(columns.nodeCount);
  const attached: number[] = [];
  const detached: number[] = [];
  const take = (node: number, state: number): void => {
    if (isSeen[node] === 1) return;
    isSeen[node] = 1;
    if (nodeTypeOf(columns, node) !== 'native') return;
    if (state === ATTACHED) attached.push(node);
    else if (state === DETACHED) {
      typeOf[node] = types.number('native', classNameOfNode(DETACHED_PREFIX + nameOf(node)));
      detached.push(node);
    }
  };
  for (let i = 0; i < list.nodes.length; i++) take(list.nodes.at(i), list.states.at(i));
  spread(columns, attached, (node) => take(node, ATTACHED));
  spread(columns, detached, (node) => take(node, DETACHED));
}

function spread({ firstEdge, edgeTarget, edgeFlags }: SnapshotColumns, open: number[], take: (node: number) => void): void {
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++)
      if ((edgeFlags[edge] & EdgeFlag.weak) === 0 && edgeTypeOf(edgeFlags[edge]) !== EdgeType.hidden) take(edgeTarget[edge]);
}
