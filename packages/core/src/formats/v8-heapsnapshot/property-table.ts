import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { EdgeType, edgeTypeOf, viewNameOf } from './edge-types.ts';
import { known } from './known-names.ts';
import { NodeKind } from './node-kind.ts';
import type { SnapshotFacts } from './snapshot-facts.ts';

const PROPERTIES = known('properties');
/** Key, value and details of a property. */
const SLOTS = 3;

/** The properties of an object as entries of a table. */
export interface PropertyTable {
  readonly node: NodeIndex;
  readonly keys: readonly NodeIndex[];
  /** In the order of the keys; -1 for a value that is no object. */
  readonly values: readonly number[];
}

/**
 * The table behind an object that is used as a dictionary: V8 keeps the properties of a plain object in one when there are
 * many or when some were deleted. Undefined for other objects, whose properties have fixed places.
 */
export function propertyTable(facts: SnapshotFacts, graph: HeapGraph, node: NodeIndex): PropertyTable | undefined {
  if (facts.kindOf(node) !== NodeKind.object || facts.typeOf(node).name !== 'Object') return undefined;
  const table = tableOf(facts, graph, node);
  if (table === undefined || facts.kindOf(table.node) !== NodeKind.array) return undefined;
  // An array of property values has one slot for each at the most.
  if (facts.nodeNames.selfSize(table.node) < table.properties * SLOTS * facts.slotBytes) return undefined;
  return entriesOf(facts, graph, table.node);
}

/** What `properties` leads to, which V8 writes among the last references, and how many properties the object has. */
function tableOf(facts: SnapshotFacts, graph: HeapGraph, node: NodeIndex): { node: NodeIndex; properties: number } | undefined {
  const { firstEdge, edgeTarget, edgeFlags } = graph;
  let found: NodeIndex | undefined;
  let properties = 0;
  for (let edge = firstEdge[node + 1] - 1; edge >= firstEdge[node]; edge--) {
    const type = edgeTypeOf(edgeFlags[edge]);
    if (type === EdgeType.property) {
      if (found === undefined && !hasProperties(edgeFlags, firstEdge[node], edge)) return undefined;
      if (facts.isPrototype(edge)) continue;
      if (found === undefined) return undefined;
      properties++;
    } else if (viewNameOf(edgeFlags[edge]) === PROPERTIES) found = edgeTarget[edge];
  }
  return found === undefined ? undefined : { node: found, properties };
}

/** Told by the flags: most objects have no such table, and no name need be read for them. */
function hasProperties(edgeFlags: Uint8Array, first: number, end: number): boolean {
  for (let edge = first; edge < end; edge++) if (viewNameOf(edgeFlags[edge]) === PROPERTIES) return true;
  return false;
}

function entriesOf(facts: SnapshotFacts, graph: HeapGraph, node: NodeIndex): PropertyTable {
  const keys: NodeIndex[] = [];
  const values: number[] = [];
  let firstKey = -1;
  let lastKey = -1;
  for (let edge = graph.firstEdge[node]; edge < graph.firstEdge[node + 1]; edge++) {
    const position = facts.positionOf(edge);
    if (position < 0) continue;
    if (firstKey < 0) firstKey = position;
    const target = graph.edgeTarget[edge];
    const slot = (position - firstKey) % SLOTS;
    if (slot === 0 && isKey(facts, target)) {
      keys.push(target);
      values.push(-1);
      lastKey = position;
    } else if (slot === 1 && position === lastKey + 1) values[values.length - 1] = target;
  }
  return { node, keys, values };
}

function isKey(facts: SnapshotFacts, node: NodeIndex): boolean {
  const kind = facts.kindOf(node);
  return kind === NodeKind.string || kind === NodeKind.symbol || kind === NodeKind.concatenated;
}
