import type { HeapGraph } from './heap-graph.ts';

/** Who refers to a node: sources of node n are `source[first[n] .. first[n + 1]]`, in node order. */
export interface ReverseEdges {
  readonly first: Uint32Array;
  readonly source: Uint32Array;
  /** Index of the forward edge, for its label. */
  readonly edge: Uint32Array;
}

/** Built on demand: 8 bytes an edge, linear, and most questions never need it. */
export function reverseEdges(graph: HeapGraph): ReverseEdges {
  const { nodeCount, edgeCount, firstEdge, edgeTarget } = graph;
  const first = new Uint32Array(nodeCount + 1);
  for (let e = 0; e < edgeCount; e++) first[edgeTarget[e] + 1]++;
  for (let n = 0; n < nodeCount; n++) first[n + 1] += first[n];
  const next = first.slice(0, nodeCount);
  const source = new Uint32Array(edgeCount);
  const edge = new Uint32Array(edgeCount);
  for (let n = 0; n < nodeCount; n++) {
    for (let e = firstEdge[n]; e < firstEdge[n + 1]; e++) {
      const slot = next[edgeTarget[e]]++;
      source[slot] = n;
      edge[slot] = e;
    }
  }
  return { first, source, edge };
}
