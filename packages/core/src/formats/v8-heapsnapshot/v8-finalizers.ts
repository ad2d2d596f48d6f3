import type { HeapGraph, NodeIndex, SiteFrame } from '../../graph/heap-graph.ts';
import type { FinalizerRegistration } from '../../graph/language.ts';
import { EdgeType, edgeTypeOf } from './edge-types.ts';
import { known } from './known-names.ts';
import { NodeKind } from './node-kind.ts';
import type { SnapshotFacts } from './snapshot-facts.ts';

const WEAK_CELL = known('system / WeakCell');
const TARGET = known('target');

/**
 * What FinalizationRegistry objects watch: each registration is a cell of V8's, in a chain that begins at the registry; the
 * cell refers to what it watches weakly, and holds the value for the callback.
 */
export function v8Finalizers(
  facts: SnapshotFacts,
  graph: HeapGraph,
  locationOf: (node: NodeIndex) => SiteFrame | undefined,
): readonly FinalizerRegistration[] {
  const found: FinalizerRegistration[] = [];
  const types = facts.columns.types.map(({ nodeType, name }) => nodeType === 'object' && name === 'FinalizationRegistry');
  for (let node = 0; node < graph.nodeCount; node++)
    if (types[graph.typeOf[node]]) found.push(...registrationsOf(facts, graph, node, locationOf));
  return found;
}

function registrationsOf(
  facts: SnapshotFacts,
  graph: HeapGraph,
  registry: NodeIndex,
  locationOf: (node: NodeIndex) => SiteFrame | undefined,
): FinalizerRegistration[] {
  const callback = hiddenTargets(graph, registry).find((node) => facts.kindOf(node) === NodeKind.closure);
  if (callback === undefined) return [];
  const name = facts.nodeNames.name(callback);
  const isCell = (node: NodeIndex): boolean =>
    facts.isPartOfV8(node) && facts.columns.strings.knownNames[facts.nodeNames.index(node)] === WEAK_CELL;
  const cells = new Set(hiddenTargets(graph, registry).filter(isCell));
  const registrations: FinalizerRegistration[] = [];
  // A set is walked in the order of insertion, what is added on the way included.
  for (const cell of cells) {
    const held = hiddenTargets(graph, cell);
    for (const next of held) if (isCell(next)) cells.add(next);
    registrations.push({
      registration: cell,
      target: watched(facts, graph, cell),
      holds: [callback, ...held.filter((node) => node !== registry && !isCell(node))],
      callback: name === '' ? '(anonymous)' : name,
      callbackFrame: locationOf(callback),
    });
  }
  return registrations;
}

function hiddenTargets({ firstEdge, edgeTarget, edgeFlags }: HeapGraph, node: NodeIndex): NodeIndex[] {
  const targets: NodeIndex[] = [];
  for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++)
    if (edgeTypeOf(edgeFlags[edge]) === EdgeType.hidden) targets.push(edgeTarget[edge]);
  return targets;
}

function watched(facts: SnapshotFacts, graph: HeapGraph, cell: NodeIndex): NodeIndex | undefined {
  for (let edge = graph.firstEdge[cell]; edge < graph.firstEdge[cell + 1]; edge++)
    if (facts.weakName(edge) === TARGET) return graph.edgeTarget[edge];
  return undefined;
}
