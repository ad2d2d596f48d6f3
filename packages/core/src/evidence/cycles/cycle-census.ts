import { components, knotMembers, programReferences, type KnotMembers } from '../../graph/components/index.ts';
import type { DominatorTree } from '../../graph/dominators/index.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';
import { ownObjectsFrom } from '../../graph/own-objects.ts';
import { noProgress, type Progress } from '../../graph/progress.ts';
import { CycleNaming } from './cycle-naming.ts';
import { finalizersByKind, type KindFinalizers } from './cycle-finalizers.ts';
import { KindTable, type CycleState, type FreedBy } from './kind-table.ts';
import { retainedByKind } from './retained-by-kind.ts';
import { ShortestCycles } from './shortest-cycles.ts';
import { asItStands, LONGEST_WRITTEN, writtenCycle, type CycleStep } from './written-cycle.ts';

/** Knots of references whose shortest cycles have one signature, one state and one fate. */
export interface CycleKind {
  /** Sorted `Type.label` of the steps of the cycle (`CycleNaming`). */
  readonly signature: string;
  readonly state: CycleState;
  /** Who frees it; undefined for what is reachable, and so is not to be freed. */
  readonly freedBy: FreedBy | undefined;
  readonly knots: number;
  /** Of `knots`, those whose labels were not all read from the file: their cycles have the same types in the same order. */
  readonly assumedKnots: number;
  /** Members of the knots. */
  readonly objects: number;
  readonly largestKnot: number;
  readonly shallowBytes: number;
  /** What the members keep, none of it twice within the kind (`retainedByGroup`). */
  readonly retainedBytes: number;
  readonly finalizers: KindFinalizers;
  readonly example: CycleExample;
}

export interface CycleExample {
  /** The cycle as the developer wrote it; at most `MOST_STEPS`. */
  readonly steps: readonly CycleStep[];
  readonly omittedSteps: number;
  /** False when the search in this knot was cut: a shorter one may be in it. */
  readonly isShortest: boolean;
  /** Members of the knot that it is taken from: the smallest of its kind. */
  readonly knotObjects: number;
}

export interface CycleCensus {
  /** Most retained first. */
  readonly kinds: readonly CycleKind[];
  /** Kinds beyond the limit. */
  readonly more: { readonly kinds: number; readonly knots: number; readonly objects: number; readonly shallowBytes: number };
  readonly reachable: CycleTotals;
  readonly garbage: CycleTotals;
  /** Knots in which the search for a shortest cycle was cut. */
  readonly cutSearches: number;
  readonly assumedKnots: number;
}

export interface CycleTotals {
  readonly knots: number;
  readonly objects: number;
  readonly shallowBytes: number;
  /** Kept by members of any knot, none of it twice. */
  readonly retainedBytes: number;
}

const MOST_STEPS = 24;
const PROGRESS_MASK = 0x3ffff;

/**
 * All knots of references among a program's own objects (`programReferences`; in garbage, among all objects), by kind.
 * Linear in the heap, whatever the knots are like. heaptrail's own objects do not appear.
 */
export function cycleCensus(graph: HeapGraph, tree: DominatorTree, limit = 50, progress: Progress = noProgress): CycleCensus {
  const flags = referencesThatCount(graph, tree, progress);
  const found = components(graph, flags, progress);
  const members = knotMembers(found);
  const largest = found.knotSize.reduce((most, size) => Math.max(most, size), 0);
  const search = new ShortestCycles(graph, flags, found.componentOf, largest);
  const naming = new CycleNaming(graph);
  const table = new KindTable(graph, tree, found.knotCount);
  const firstOwn = ownObjectsFrom(graph, tree);
  let cutSearches = 0;
  for (let knot = 0; knot < found.knotCount; knot++) {
    if ((knot & PROGRESS_MASK) === 0) progress({ step: 'components', done: graph.nodeCount, total: graph.nodeCount });
    const nodes = membersOf(members, knot);
    if (tree.number[nodes[0]] >= firstOwn) continue;
    const cycle = search.find(nodes);
    if (!cycle.isShortest) cutSearches++;
    table.add(knot, nodes, naming.name(cycle));
  }
  const kindOfNode = table.kindOfNodes(members);
  const { bytesByKind, reachableBytes, garbageBytes } = retainedByKind(graph, tree, kindOfNode, table);
  const order = table.order(bytesByKind, (kind) => naming.text(table.signatureOf(kind)));
  const finalizers = finalizersByKind(graph, kindOfNode);
  const kinds = order.slice(0, limit).map((kind) => ({
    signature: naming.text(table.signatureOf(kind)),
    ...table.sums(kind),
    retainedBytes: bytesByKind[kind],
    finalizers: finalizers(kind),
    example: exampleOf(graph, search, membersOf(members, table.smallestKnot(kind))),
  }));
  return {
    kinds,
    more: table.sumOf(order.slice(limit)),
    reachable: { ...table.totals('reachable'), retainedBytes: reachableBytes },
    garbage: { ...table.totals('garbage'), retainedBytes: garbageBytes },
    cutSearches,
    assumedKnots: order.reduce((sum, kind) => sum + table.sums(kind).assumedKnots, 0),
  };
}

/** Garbage hangs together by whatever it refers to: a class that nobody needs is a knot of its own. */
function referencesThatCount(graph: HeapGraph, tree: DominatorTree, progress: Progress): Uint8Array {
  const flags = programReferences(graph, progress);
  const { nodeCount, firstEdge, edgeFlags } = graph;
  for (let node = 0; node < nodeCount; node++) {
    if (tree.number[node] !== 0) continue;
    flags.set(edgeFlags.subarray(firstEdge[node], firstEdge[node + 1]), firstEdge[node]);
  }
  return flags;
}

function membersOf({ first, node }: KnotMembers, knot: number): Uint32Array {
  return node.subarray(first[knot], first[knot + 1]);
}

function exampleOf(graph: HeapGraph, search: ShortestCycles, members: Uint32Array): CycleExample {
  const { nodes, edges, isShortest } = search.find(members);
  const isLong = nodes.length > LONGEST_WRITTEN;
  const steps = isLong
    ? asItStands(graph, { nodes: nodes.slice(0, MOST_STEPS), edges: edges.slice(0, MOST_STEPS), isShortest })
    : writtenCycle(graph, { nodes, edges, isShortest });
  const length = isLong ? nodes.length : steps.length;
  const shown = steps.slice(0, MOST_STEPS);
  return { steps: shown, omittedSteps: length - shown.length, isShortest, knotObjects: members.length };
}
