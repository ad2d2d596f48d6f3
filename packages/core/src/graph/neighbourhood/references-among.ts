import { EdgeFlag } from '../edge-flags.ts';
import { EdgeKind, labelKind, labelOperand, type EdgeLabel } from '../edge-label.ts';
import type { HeapGraph, NodeIndex } from '../heap-graph.ts';
import { describedBy, saysNothing } from './referents.ts';
import type { NeighbourReference } from './neighbourhood.ts';

/** That `from` refers to `to`, itself or through a table of its own, by this edge of the heap. */
export interface Hint {
  readonly from: NodeIndex;
  readonly to: NodeIndex;
  readonly edge: number;
}

type Reference = Omit<NeighbourReference, 'cycle'>;

/** References among shown objects as the developer sees them; what only the heap shows, under the name that it has there. */
export function referencesAmong(
  graph: HeapGraph,
  nodes: readonly NodeIndex[],
  indexOf: ReadonlyMap<NodeIndex, number>,
  hints: readonly Hint[],
): Reference[] {
  const found = new Map<number, { from: number; to: number; label: EdgeLabel; holds: boolean; others: number }>();
  const take = (from: number, to: number, label: EdgeLabel, holds: boolean): void => {
    const key = from * nodes.length + to;
    const seen = found.get(key);
    if (seen === undefined) found.set(key, { from, to, label, holds, others: 0 });
    else {
      seen.others++;
      seen.holds ||= holds;
    }
  };
  nodes.forEach((node, from) => {
    const described = describedBy(graph, node);
    graph.language.children(graph, node, {
      child(target, label) {
        const to = indexOf.get(target);
        if (to !== undefined && !saysNothing(graph, label) && !described.has(target)) take(from, to, label, holdsBy(graph, label));
      },
      absorb: () => true,
    });
  });
  for (const hint of hints) {
    const from = indexOf.get(hint.from);
    const to = indexOf.get(hint.to);
    if (from === undefined || to === undefined || found.has(from * nodes.length + to)) continue;
    take(from, to, graph.edgeLabels.at(hint.edge), graph.edgeFlags[hint.edge] < EdgeFlag.holdsNothing);
  }
  return [...found.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** A label that is still in the file tells its edge, and so its flags; others are of references that hold. */
function holdsBy(graph: HeapGraph, label: EdgeLabel): boolean {
  return labelKind(label) !== EdgeKind.unread || graph.edgeFlags[labelOperand(label)] < EdgeFlag.holdsNothing;
}
