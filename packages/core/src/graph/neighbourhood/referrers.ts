import { EdgeFlag } from '../edge-flags.ts';
import { EdgeKind, labelKind } from '../edge-label.ts';
import type { HeapGraph, NodeIndex } from '../heap-graph.ts';
import type { ReverseEdges } from '../reverse-edges.ts';
import type { Met } from './neighbourhood.ts';
import { saysNothing } from './referents.ts';
import type { Hint } from './references-among.ts';

/** References looked at for each neighbour that may be shown: a table and its owner are one, and one object may refer twice. */
const LOOKED_AT = 4;
/** How far above a table its owner may be: a cell, the tuple of a closure, the function. */
const OWNER_LEVELS = 3;
/** Referrers of a table among which its owner is looked for. */
const OWNER_CANDIDATES = 4;
/** An owner's own references, or those of another of its tables: larger ones are not gone through for this. */
const OWNER_EDGES = 10_000;

/** What refers to an object, as the developer sees it: the owner in place of a table. At most `most` times `LOOKED_AT` references are looked at. */
export function referrers(graph: HeapGraph, reverse: ReverseEdges, node: NodeIndex, most: number): Met {
  const { first, source, edge } = reverse;
  const found = new Set<NodeIndex>();
  const hints: Hint[] = [];
  const end = Math.min(first[node + 1], first[node] + most * LOOKED_AT);
  for (let r = first[node]; r < end; r++) {
    if (!isShown(graph, edge[r])) continue;
    const owner = ownerOf(graph, reverse, source[r]);
    if (owner === node) continue;
    found.add(owner ?? source[r]);
    hints.push({ from: owner ?? source[r], to: node, edge: edge[r] });
  }
  return { neighbours: [...found], unseen: first[node + 1] - end, hints };
}

function isShown(graph: HeapGraph, edge: number): boolean {
  if ((graph.edgeFlags[edge] & (EdgeFlag.weak | EdgeFlag.describes)) !== 0) return false;
  const label = graph.edgeLabels.at(edge);
  return labelKind(label) !== EdgeKind.type && !saysNothing(graph, label);
}

/** The object on whose behalf a developer's view passes through `table`; undefined for what is no table. */
function ownerOf(graph: HeapGraph, { first, source }: ReverseEdges, table: NodeIndex): NodeIndex | undefined {
  let level = [table];
  for (let depth = 0; depth < OWNER_LEVELS; depth++) {
    const above: NodeIndex[] = [];
    for (const node of level)
      for (let r = first[node]; r < Math.min(first[node + 1], first[node] + OWNER_CANDIDATES); r++) {
        const candidate = source[r];
        if (graph.firstEdge[candidate + 1] - graph.firstEdge[candidate] > OWNER_EDGES) continue;
        if (passesThrough(graph, candidate, table)) return candidate;
        above.push(candidate);
      }
    level = above;
  }
  return undefined;
}

function passesThrough(graph: HeapGraph, owner: NodeIndex, table: NodeIndex): boolean {
  let passes = false;
  graph.language.children(graph, owner, {
    child: () => undefined,
    absorb(node) {
      if (node === table) passes = true;
      return !passes && graph.firstEdge[node + 1] - graph.firstEdge[node] <= OWNER_EDGES;
    },
  });
  return passes;
}
