import { neighbourhood, type NeighbourhoodLimits } from '../../graph/neighbourhood/index.ts';
import type { GraphView } from '../../report/index.ts';
import { handleOf, type Heap } from './heap.ts';
import { select } from './selection.ts';

/** Objects of a type that are taken when a type is asked for: the largest. */
const OF_A_TYPE = 3;

/** Who refers to some objects, and what they refer to, as a picture. */
export function graphAnswer(heap: Heap, asked: readonly string[], limits: NeighbourhoodLimits): GraphView {
  const { graph, tree, progress } = heap;
  const centres = asked.flatMap((each) => {
    const { nodes, byType } = select(graph, each);
    if (!byType) return nodes;
    return [...nodes].sort((a, b) => tree.retainedBytes(b) - tree.retainedBytes(a) || a - b).slice(0, OF_A_TYPE);
  });
  const found = neighbourhood(graph, [...new Set(centres)], limits, () => heap.reverse, progress);
  return {
    asked: centres.map(handleOf),
    nodes: found.nodes.map(({ node, depth, cycle, hiddenReferents, hiddenReferrers }) => ({
      object: heap.view(node),
      depth,
      cycle: cycle ?? null,
      hiddenReferents,
      hiddenReferrers: hiddenReferrers ?? 0,
    })),
    edges: found.references.map(({ from, to, label, holds, others, cycle }) => {
      const text = graph.language.labelText(graph, label);
      return {
        from: handleOf(found.nodes[from].node),
        to: handleOf(found.nodes[to].node),
        label: others === 0 ? text : `${text} and ${others} more`,
        holds,
        cycle: cycle ?? null,
      };
    }),
    leftOut: found.leftOut,
  };
}
