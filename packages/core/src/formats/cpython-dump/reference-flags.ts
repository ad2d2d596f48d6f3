import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { EdgeLabel } from '../../graph/edge-label.ts';
import type { Root } from '../../graph/heap-graph.ts';
import type { NumberedReferences } from './breadth-first-numbers.ts';

/**
 * Flags what algorithms ask of references: those of objects to their class, which carry `typeLabel`, and what the program
 * refers to of heaptrail's own: the agent alone holds that, and no path leads there.
 */
export function flagReferences(references: NumberedReferences, typeLabel: EdgeLabel, roots: readonly Root[]): void {
  const { firstEdge, edgeTarget, edgeLabel, edgeFlags } = references;
  const own = new Uint8Array(firstEdge.length - 1);
  for (const { kind, node } of roots) if (kind === 'agent') own[node] = 1;
  for (let node = 0; node < own.length; node++) {
    const isProgram = own[node] === 0;
    for (let e = firstEdge[node], end = firstEdge[node + 1]; e < end; e++) {
      if (edgeLabel[e] === typeLabel) edgeFlags[e] |= EdgeFlag.describes;
      if (own[edgeTarget[e]] !== 0 && isProgram) edgeFlags[e] |= EdgeFlag.holdsNothing | EdgeFlag.weak;
    }
  }
}
