import { EdgeFlag } from '../../graph/edge-flags.ts';
import { EdgeKind, edgeLabel, MAX_OPERAND, MEMBER, type EdgeLabel } from '../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { ChildSink } from '../../graph/language.ts';
import { EdgeType, edgeTypeOf, viewNameOf } from './edge-types.ts';
import { EPHEMERON_NAME, known } from './known-names.ts';
import { NodeKind } from './node-kind.ts';
import type { ModuleParts } from './module-parts.ts';
import { orderedTable, type OrderedTable } from './ordered-table.ts';
import type { ProgramModules } from './program-modules.ts';
import { propertyTable } from './property-table.ts';
import type { SnapshotFacts } from './snapshot-facts.ts';

const ELEMENTS = known('elements');
const PROPERTIES = known('properties');
const CONTEXT = known('context');
const PREVIOUS = known('previous');
const REGISTERS = known('parameters_and_registers');
const TABLE = known('table');

/** Before the first entry of a table there may be references of V8's own. */
const EDGES_LOOKED_AT = 8;

/** What a CommonJS module has of Node's: its class, what is noted under symbols, and in its scope the function to load others. */
const OF_NODE = /^(?:__proto__$|require$|<symbol)/;

/** A key that the snapshot does not show: a small number is no object. */
const NUMBER_KEY = '[number]';

/** What an object holds as its developer wrote it; V8's tables are passed through. References that hold nothing are left out. */
export class DeveloperView {
  readonly #facts: SnapshotFacts;
  readonly #modules: ProgramModules;
  readonly #keyLabel: EdgeLabel;
  readonly #numberKeyLabel: EdgeLabel;
  readonly #variableLabel: EdgeLabel;
  readonly #mapLabel: EdgeLabel;
  /** Of a kind that is followed when no other reference leads there, as one to a class is. */
  readonly #partLabel: EdgeLabel;

  constructor(facts: SnapshotFacts, modules: ProgramModules) {
    this.#facts = facts;
    this.#modules = modules;
    const { names } = facts;
    this.#keyLabel = edgeLabel(EdgeKind.internal, names.intern('key'));
    this.#numberKeyLabel = edgeLabel(EdgeKind.internal, names.intern(NUMBER_KEY));
    this.#variableLabel = edgeLabel(EdgeKind.local, names.intern('variable'));
    this.#mapLabel = edgeLabel(EdgeKind.type, names.intern('map'));
    this.#partLabel = edgeLabel(EdgeKind.type, names.intern('part'));
  }

  children(graph: HeapGraph, node: NodeIndex, sink: ChildSink): void {
    const { firstEdge, edgeTarget, edgeFlags } = graph;
    const facts = this.#facts;
    const parts = this.#modules.partsOf(node);
    if (parts !== undefined) {
      this.#module(graph, node, parts, sink);
      return;
    }
    const end = firstEdge[node + 1];
    let hasElements = false;
    let isDictionary: boolean | undefined;
    for (let edge = firstEdge[node]; edge < end; edge++) {
      const flags = edgeFlags[edge];
      if (flags >= EdgeFlag.holdsNothing) continue;
      const target = edgeTarget[edge];
      const type = edgeTypeOf(flags);
      if (type === EdgeType.element) hasElements = true;
      else if (type === EdgeType.property) {
        // The properties of an object that is used as a dictionary are entries, under keys that are objects of the heap.
        isDictionary ??= this.#propertyEntries(graph, node, sink);
        if (isDictionary && !facts.isPrototype(edge)) continue;
      } else if (type === EdgeType.internal) {
        const name = viewNameOf(flags);
        if (name === PROPERTIES) {
          // Shown as properties of the object already.
          sink.absorb(target);
          continue;
        }
        if (name === ELEMENTS) this.#elements(graph, target, hasElements, sink);
        else if (name === CONTEXT && facts.isContext(target)) this.#variables(graph, target, sink);
        else if (name === TABLE && this.#entries(graph, target, sink)) continue;
        else if (name === REGISTERS) this.#registers(graph, target, sink);
        else sink.child(target, this.#label(graph, edge));
        continue;
      }
      sink.child(target, this.#label(graph, edge));
    }
  }

  /** How many entries an array, Map, Set, WeakMap or dictionary shows; numbers are no objects and do not count. */
  entryCount(graph: HeapGraph, node: NodeIndex): number {
    const { firstEdge, edgeTarget, edgeFlags } = graph;
    const facts = this.#facts;
    if (facts.kindOf(node) !== NodeKind.object) return 0;
    let count = 0;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const type = edgeTypeOf(edgeFlags[edge]);
      if (type === EdgeType.element) count++;
      else if (type === EdgeType.internal) {
        const name = viewNameOf(edgeFlags[edge]);
        if (name === TABLE) count += this.#entriesOfTable(graph, edgeTarget[edge]);
        else if (name === PROPERTIES) count += propertyTable(facts, graph, node)?.keys.length ?? 0;
      }
    }
    return count;
  }

  /** The array behind the elements, which are references of the object itself nearly always. */
  #elements(graph: HeapGraph, array: NodeIndex, isShown: boolean, sink: ChildSink): void {
    if (!sink.absorb(array) || isShown) return;
    this.#each(graph, array, (target, edge) => sink.child(target, this.#label(graph, edge)));
  }

  /** False for an object that is no dictionary. */
  #propertyEntries(graph: HeapGraph, node: NodeIndex, sink: ChildSink): boolean {
    const table = propertyTable(this.#facts, graph, node);
    if (table === undefined) return false;
    if (!sink.absorb(table.node)) return true;
    for (let i = 0; i < table.keys.length; i++) {
      const value = table.values[i];
      if (value >= 0) sink.child(value, edgeLabel(EdgeKind.key, table.keys[i]));
      sink.child(table.keys[i], this.#keyLabel);
    }
    return true;
  }

  /** Variables of the functions around a closure, from the innermost on. */
  #variables(graph: HeapGraph, innermost: NodeIndex, sink: ChildSink): void {
    for (let context: NodeIndex | undefined = innermost; context !== undefined;) {
      if (!sink.absorb(context)) return;
      let outer: NodeIndex | undefined;
      this.#each(graph, context, (target, edge) => {
        if (viewNameOf(graph.edgeFlags[edge]) === PREVIOUS && this.#facts.isContext(target)) outer = target;
        else sink.child(target, this.#label(graph, edge));
      });
      context = outer;
    }
  }

  /**
   * Variables of a module as its own, one step away: what V8 puts between is passed through. What else a module leads to (its
   * class, its realm, what Node notes about it) is everything, and is looked for elsewhere first. Names are read for CommonJS
   * modules alone, whose properties are the program's: modules lie all over the file.
   */
  #module(graph: HeapGraph, node: NodeIndex, { isCommonJs, scopes, exports, between }: ModuleParts, sink: ChildSink): void {
    const { edgeFlags } = graph;
    const isNodes = (edge: number): boolean => isCommonJs && OF_NODE.test(this.#facts.edgeName(edge));
    for (const scope of scopes)
      if (sink.absorb(scope))
        this.#each(graph, scope, (target, edge) => {
          const isVariable = edgeTypeOf(edgeFlags[edge]) === EdgeType.context && !isNodes(edge);
          sink.child(target, isVariable ? this.#variable(graph, edge) : this.#partLabel);
        });
    for (const { cell, entry } of exports)
      if (sink.absorb(cell))
        this.#each(graph, cell, (target, edge) => {
          const isMap = (edgeFlags[edge] & EdgeFlag.describes) !== 0;
          sink.child(target, isMap ? this.#mapLabel : this.#variable(graph, entry));
        });
    for (const part of between) if (sink.absorb(part)) this.#each(graph, part, (target) => sink.child(target, this.#partLabel));
    this.#each(graph, node, (target, edge) => {
      const isOwn = isCommonJs && edgeTypeOf(edgeFlags[edge]) === EdgeType.property && !isNodes(edge);
      sink.child(target, isOwn ? this.#label(graph, edge) : this.#partLabel);
    });
  }

  /** What a generator keeps while it waits. */
  #registers(graph: HeapGraph, array: NodeIndex, sink: ChildSink): void {
    if (sink.absorb(array)) this.#each(graph, array, (target) => sink.child(target, this.#variableLabel));
  }

  /** Entries of a Map or Set; what a WeakMap shows is held by its keys. False for a table of another kind. */
  #entries(graph: HeapGraph, table: NodeIndex, sink: ChildSink): boolean {
    const layout = this.#layout(graph, table);
    if (layout === undefined && !this.#isEphemeronTable(graph, table)) return false;
    if (!sink.absorb(table)) return true;
    let entry = -1;
    let key = -1;
    this.#each(graph, table, (target, edge) => {
      const place = layout === undefined ? -1 : this.#facts.positionOf(edge) - layout.firstEntry;
      if (layout === undefined || place < 0) {
        sink.child(target, this.#label(graph, edge));
        return;
      }
      if (this.#facts.isHole(target)) return;
      const isFirst = place % layout.entrySlots === 0;
      const at = Math.floor(place / layout.entrySlots);
      if (layout.entrySlots === 2) sink.child(target, edgeLabel(EdgeKind.index, MEMBER));
      else if (isFirst) {
        entry = at;
        key = target;
        sink.child(target, this.#keyLabel);
      } else sink.child(target, at === entry ? edgeLabel(EdgeKind.key, key) : this.#numberKeyLabel);
    });
    return true;
  }

  #entriesOfTable(graph: HeapGraph, table: NodeIndex): number {
    const layout = this.#layout(graph, table);
    let last = -1;
    let count = 0;
    for (let edge = graph.firstEdge[table]; edge < graph.firstEdge[table + 1]; edge++) {
      const place = layout === undefined ? -1 : this.#facts.positionOf(edge) - layout.firstEntry;
      const at = layout === undefined || place < 0 ? -1 : Math.floor(place / layout.entrySlots);
      if (layout === undefined && this.#facts.internalName(edge) === EPHEMERON_NAME) count++;
      else if (at >= 0 && at !== last && !this.#facts.isHole(graph.edgeTarget[edge])) {
        last = at;
        count++;
      }
    }
    return count;
  }

  #layout(graph: HeapGraph, table: NodeIndex): OrderedTable | undefined {
    if (this.#facts.kindOf(table) !== NodeKind.array || this.#isEphemeronTable(graph, table)) return undefined;
    return orderedTable(this.#facts.nodeNames.selfSize(table));
  }

  /** The tables of WeakMaps and WeakSets refer to their keys weakly, or not at all, and to their values by a name of their own. */
  #isEphemeronTable(graph: HeapGraph, table: NodeIndex): boolean {
    const first = graph.firstEdge[table];
    const end = Math.min(first + EDGES_LOOKED_AT, graph.firstEdge[table + 1]);
    for (let edge = first; edge < end; edge++)
      if ((graph.edgeFlags[edge] & EdgeFlag.weak) !== 0 || this.#facts.internalName(edge) === EPHEMERON_NAME) return true;
    return false;
  }

  /** Without its name where that is still in the file: who shows it reads it. */
  #label(graph: HeapGraph, edge: number): EdgeLabel {
    const { edgeLabels, edgeFlags } = graph;
    if (edgeLabels.areInFile !== true || edge > MAX_OPERAND) return edgeLabels.at(edge);
    return (edgeFlags[edge] & EdgeFlag.describes) !== 0 ? this.#mapLabel : edgeLabel(EdgeKind.unread, edge);
  }

  #variable(graph: HeapGraph, edge: number): EdgeLabel {
    return edge > MAX_OPERAND ? graph.edgeLabels.at(edge) : edgeLabel(EdgeKind.variable, edge);
  }

  #each(graph: HeapGraph, node: NodeIndex, take: (target: NodeIndex, edge: number) => void): void {
    const { firstEdge, edgeTarget, edgeFlags } = graph;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++)
      if (edgeFlags[edge] < EdgeFlag.holdsNothing) take(edgeTarget[edge], edge);
  }
}
