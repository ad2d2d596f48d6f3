import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { NodeIndex } from '../../graph/heap-graph.ts';
import { EdgeType, edgeTypeOf } from './edge-types.ts';
import { NodeKind } from './node-kind.ts';
import type { SnapshotFacts } from './snapshot-facts.ts';

/** V8's records of modules that are written in JavaScript, and of those that stand for something else (CommonJS, JSON). */
const RECORDS: ReadonlySet<string> = new Set(['system / SourceTextModule', 'system / SyntheticModule']);
/** Scopes around each other, from a block with `await` in it up to the module's own. */
const MOST_SCOPES = 64;

/** What V8 puts between a module and its variables. */
export interface ModuleParts {
  readonly isCommonJs: boolean;
  /** Scopes of the module, the innermost first. */
  readonly scopes: readonly NodeIndex[];
  /** Exported variables live in cells of their own; `entry` is the reference of a table to the cell, behind the one to its name. */
  readonly exports: readonly { readonly cell: NodeIndex; readonly entry: number }[];
  /** V8's record, the function that ran the module, and the tables: nothing that the developer wrote. */
  readonly between: readonly NodeIndex[];
}

const NO_PARTS: ModuleParts = { isCommonJs: false, scopes: [], exports: [], between: [] };

/**
 * A `ModuleWrap` leads to V8's record of the module, and that to a suspended function, in whose context the variables are,
 * and to cells with what is exported, by name and in the order of their declaration. The same from Node 18 to 26, but for
 * the places of the fields: so they are told by what they hold, and by what they follow. What is in `taken` is another
 * module's, and is passed over; what is found is added.
 */
export function partsOfEsModule(facts: SnapshotFacts, module: NodeIndex, taken: Set<NodeIndex>): ModuleParts {
  const { edgeTarget } = facts.columns;
  const record = fieldsOf(facts, module, EdgeType.internal)
    .map((edge) => edgeTarget[edge])
    .find((node) => facts.isPartOfV8(node) && RECORDS.has(facts.nodeNames.beginning(node, 40)));
  if (record === undefined || taken.has(record)) return NO_PARTS;
  taken.add(record);
  const between = [record];
  let scopes: readonly NodeIndex[] = [];
  let exportTable: NodeIndex | undefined;
  /** Cells of the module's own; undefined where all that are in the table are. */
  let own: ReadonlySet<NodeIndex> | undefined;
  let exportsSlot = -1;
  for (const edge of fieldsOf(facts, record, EdgeType.hidden)) {
    const field = edgeTarget[edge];
    if (taken.has(field)) continue;
    taken.add(field);
    const kind = facts.kindOf(field);
    if (kind === NodeKind.object && scopes.length === 0) {
      scopes = scopesOf(facts, field);
      if (scopes.length === 0) continue;
      between.push(field);
      exportsSlot = facts.slotOf(edge) + 1;
      own = new Set();
    } else if (kind === NodeKind.array) {
      const held = fieldsOf(facts, field, EdgeType.internal).map((each) => edgeTarget[each]);
      if (facts.slotOf(edge) === exportsSlot) own = new Set(held);
      else if (exportTable === undefined && held.some((node) => facts.kindOf(node) === NodeKind.string)) exportTable = field;
      else continue;
      between.push(field);
    }
  }
  return { isCommonJs: false, scopes, exports: exportsOf(facts, exportTable, own), between };
}

/** Of a CommonJS module, whose scope may not be known. */
export function partsOfCommonJs(scope: NodeIndex | undefined): ModuleParts {
  return { ...NO_PARTS, isCommonJs: true, scopes: scope === undefined ? [] : [scope] };
}

/** The scopes in which a suspended function goes on. */
function scopesOf(facts: SnapshotFacts, suspended: NodeIndex): NodeIndex[] {
  const found: NodeIndex[] = [];
  let scope = facts.scopeAt(suspended, 'context');
  while (scope !== undefined && found.length < MOST_SCOPES) {
    found.push(scope);
    scope = facts.scopeAt(scope, 'previous');
  }
  return found;
}

/** The module's own: what it only hands on from another one belongs to that one. */
function exportsOf(facts: SnapshotFacts, table: NodeIndex | undefined, own: ReadonlySet<NodeIndex> | undefined): ModuleParts['exports'] {
  if (table === undefined) return [];
  const { firstEdge, edgeTarget } = facts.columns;
  const found: { cell: NodeIndex; entry: number }[] = [];
  for (let entry = firstEdge[table] + 1; entry < firstEdge[table + 1]; entry++) {
    const cell = edgeTarget[entry];
    const isNamed = facts.kindOf(edgeTarget[entry - 1]) === NodeKind.string && facts.isPartOfV8(cell);
    if (isNamed && own?.has(cell) !== false) found.push({ cell, entry });
  }
  return found;
}

/** References of one type that hold something, without those to V8's description of the object. */
function fieldsOf({ columns: { firstEdge, edgeFlags } }: SnapshotFacts, node: NodeIndex, type: EdgeType): number[] {
  const found: number[] = [];
  for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
    const flags = edgeFlags[edge];
    if (flags < EdgeFlag.holdsNothing && edgeTypeOf(flags) === type && (flags & EdgeFlag.describes) === 0) found.push(edge);
  }
  return found;
}
