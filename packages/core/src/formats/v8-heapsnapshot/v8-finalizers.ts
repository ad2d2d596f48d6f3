import type { HeapGraph, NodeIndex, SiteFrame } from '../../graph/heap-graph.ts';
import type { FinalizerRegistration } from '../../graph/language.ts';
import { EdgeType, edgeTypeOf } from './edge-types.ts';
import { known } from './known-names.ts';
import { NodeKind } from './node-kind.ts';
import type { SnapshotFacts } from './snapshot-facts.ts';
import { isPartOfV8 } from './v8-types.ts';

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
  for (const registry of registriesOf(facts, graph))
    for (const each of registrationsOf(facts, graph, registry, locationOf)) found.push(each);
  return found;
}

/** By name, and those of a class of the program's own by their cells. */
function registriesOf(facts: SnapshotFacts, graph: HeapGraph): ReadonlySet<NodeIndex> {
  const { types } = facts.columns;
  const isRegistry = types.map(({ nodeType, name }) => nodeType === 'object' && name === 'FinalizationRegistry');
  const isPlain = types.map(({ nodeType }) => nodeType === 'object');
  const isOfV8 = types.map((type) => isPartOfV8(type));
  const registries = new Set<NodeIndex>();
  for (let node = 0; node < graph.nodeCount; node++) {
    const type = graph.typeOf[node];
    if (isRegistry[type]) registries.add(node);
    else if (isOfV8[type]) {
      const first = firstHiddenTarget(graph, node);
      if (first === undefined || !isPlain[graph.typeOf[first]] || registries.has(first)) continue;
      if (isCell(facts, node)) registries.add(first);
    }
  }
  return registries;
}

function isCell(facts: SnapshotFacts, node: NodeIndex): boolean {
  return facts.isPartOfV8(node) && facts.columns.strings.knownNames[facts.nodeNames.index(node)] === WEAK_CELL;
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
  const callbackFrame = asked(() => locationOf(callback));
  const cells = new Set(hiddenTargets(graph, registry).filter((node) => isCell(facts, node)));
  const registrations: FinalizerRegistration[] = [];
  // A set is walked in the order of insertion, what is added on the way included.
  for (const cell of cells) {
    const held: NodeIndex[] = [];
    for (const next of hiddenTargets(graph, cell)) {
      if (isCell(facts, next)) cells.add(next);
      else if (next !== registry) held.push(next);
    }
    registrations.push({
      registration: cell,
      target: watched(facts, graph, cell),
      holds: [callback, ...held],
      held,
      holder: cell,
      registry: { node: registry, callback },
      callback: name === '' ? '(anonymous)' : name,
      get callbackFrame() {
        return callbackFrame();
      },
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

/** A cell refers to its registry before all else. */
function firstHiddenTarget({ firstEdge, edgeTarget, edgeFlags }: HeapGraph, node: NodeIndex): NodeIndex | undefined {
  for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++)
    if (edgeTypeOf(edgeFlags[edge]) === EdgeType.hidden) return edgeTarget[edge];
  return undefined;
}

function watched(facts: SnapshotFacts, graph: HeapGraph, cell: NodeIndex): NodeIndex | undefined {
  for (let edge = graph.firstEdge[cell]; edge < graph.firstEdge[cell + 1]; edge++)
    if (facts.weakName(edge) === TARGET) return graph.edgeTarget[edge];
  return undefined;
}

/** Looked up when somebody asks, once: places in scripts are a part of the file that nobody may want. */
function asked<T>(look: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: look() }).value;
}
