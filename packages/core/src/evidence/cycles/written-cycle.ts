import type { EdgeLabel } from '../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { ReferenceCycle } from './shortest-cycles.ts';

/** One object of a cycle, and the reference that leads to the next one (from the last to the first). */
export interface CycleStep {
  readonly node: NodeIndex;
  readonly label: EdgeLabel;
}

/** Longer cycles are shown as the heap has them: each step asks for all children of an object. */
export const LONGEST_WRITTEN = 1000;

/**
 * A cycle as the developer wrote it: attributes instead of the table behind an instance, closure variables instead of cells
 * (`Language.children`). A table that is in the cycle for its own sake, because somebody else holds it, stays.
 */
export function writtenCycle(graph: HeapGraph, cycle: ReferenceCycle): readonly CycleStep[] {
  const { nodes, edges } = cycle;
  if (nodes.length > LONGEST_WRITTEN) return asItStands(graph, cycle);
  const members = new Set(nodes);
  const absorbed = new Set<NodeIndex>();
  const labelsOf = nodes.map((node) => seenFrom(graph, node, members, absorbed));
  const first = nodes.findIndex((node) => !absorbed.has(node));
  if (first < 0) return asItStands(graph, cycle);
  const steps: CycleStep[] = [];
  for (let i = 0; i < nodes.length;) {
    const from = (first + i) % nodes.length;
    let next = i + 1;
    while (next < nodes.length && absorbed.has(nodes[(first + next) % nodes.length])) next++;
    const target = nodes[(first + next) % nodes.length];
    const lastEdge = edges[(first + next - 1) % nodes.length];
    steps.push({ node: nodes[from], label: labelsOf[from].get(target) ?? graph.edgeLabels.at(lastEdge) });
    i = next;
  }
  return steps;
}

/** A cycle as the heap has it, tables and all. */
export function asItStands(graph: HeapGraph, { nodes, edges }: ReferenceCycle): readonly CycleStep[] {
  return nodes.map((node, i) => ({ node, label: graph.edgeLabels.at(edges[i]) }));
}

/** Labels by which a developer sees members of the cycle from one of them; tables passed on the way are noted. */
function seenFrom(
  graph: HeapGraph,
  node: NodeIndex,
  members: ReadonlySet<NodeIndex>,
  absorbed: Set<NodeIndex>,
): ReadonlyMap<NodeIndex, EdgeLabel> {
  const labels = new Map<NodeIndex, EdgeLabel>();
  graph.language.children(graph, node, {
    child(target, label) {
      if (members.has(target) && !labels.has(target)) labels.set(target, label);
    },
    absorb(table) {
      if (table !== node && members.has(table)) absorbed.add(table);
      return true;
    },
  });
  return labels;
}
