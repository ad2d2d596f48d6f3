import type { HeapGraph } from '../../graph/heap-graph.ts';
import type { Section } from './column.ts';
import type { Sections } from './read-sections.ts';

/** The columns that every heap graph has, whatever format it was read from. */
export type GraphColumns = Pick<
  HeapGraph,
  'nodeCount' | 'edgeCount' | 'typeOf' | 'shallowBytes' | 'address' | 'firstEdge' | 'edgeTarget' | 'edgeFlags'
>;

/** For a format's `save`: its own sections come beside these. */
export function graphSections(graph: GraphColumns): Section[] {
  return [
    { name: 'graph.typeOf', column: graph.typeOf },
    { name: 'graph.shallowBytes', column: graph.shallowBytes },
    { name: 'graph.address', column: graph.address },
    { name: 'graph.firstEdge', column: graph.firstEdge },
    { name: 'graph.edgeTarget', column: graph.edgeTarget },
    { name: 'graph.edgeFlags', column: graph.edgeFlags },
  ];
}

/**
 * The columns that `graphSections` kept, for a format's `restore`; undefined when one is missing or damaged, or when they do
 * not belong together. Indexes within them are believed: the checksums say that they are those that were written.
 */
export function restoreGraph(sections: Sections): GraphColumns | undefined {
  const firstEdge = sections.column('graph.firstEdge', 'u32');
  const edgeTarget = sections.column('graph.edgeTarget', 'u32');
  if (firstEdge === undefined || edgeTarget === undefined || firstEdge.length === 0) return undefined;
  const nodeCount = firstEdge.length - 1;
  const edgeCount = edgeTarget.length;
  const typeOf = sections.column('graph.typeOf', 'u32', nodeCount);
  const shallowBytes = sections.column('graph.shallowBytes', ['u32', 'f64'], nodeCount);
  const address = sections.column('graph.address', ['u32', 'f64'], nodeCount);
  const edgeFlags = sections.column('graph.edgeFlags', 'u8', edgeCount);
  if (typeOf === undefined || shallowBytes === undefined || address === undefined || edgeFlags === undefined) return undefined;
  if (firstEdge[0] !== 0 || firstEdge[nodeCount] !== edgeCount) return undefined;
  return { nodeCount, edgeCount, typeOf, shallowBytes, address, firstEdge, edgeTarget, edgeFlags };
}
