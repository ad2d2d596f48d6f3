import { EdgeKind, edgeLabel, labelKind, labelOperand, MEMBER, type EdgeLabel } from '../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex, SiteFrame } from '../../graph/heap-graph.ts';
import type {
  ChildSink,
  CollectionBound,
  FinalizerRegistration,
  Language,
  ObjectRole,
  ObjectStatus,
  SuspendedFunction,
} from '../../graph/language.ts';
import { pythonBound } from './python-bounds.ts';
import { DunderDel } from './dunder-del.ts';
import { pythonFinalizers } from './python-finalizers.ts';
import type { PythonFacts } from './python-facts.ts';
import { ROLE_BY_TYPE } from './python-roles.ts';
import { isStandardModule } from './standard-modules.ts';
import { shortText } from '../../graph/short-text.ts';
import type { WaitingState } from '../../graph/waiting.ts';
import { pythonSuspension } from './waiting/python-suspension.ts';
import { pythonWaiting } from './waiting/python-waiting.ts';

/** Python as its developer writes it: attributes instead of `__dict__`, closure variables instead of cells. One per loaded dump. */
export class PythonLanguage implements Language {
  readonly id = 'cpython';
  readonly facts: PythonFacts;
  readonly #dunderDel: DunderDel;
  #labels: SpecialLabels | undefined;
  #attributeByKey = new Int32Array();

  constructor(facts: PythonFacts) {
    this.facts = facts;
    this.#dunderDel = new DunderDel(facts);
  }

  children(graph: HeapGraph, node: NodeIndex, sink: ChildSink): void {
    const { firstEdge, edgeTarget, edgeLabels: labels } = graph;
    const special = this.#special(graph);
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
      const label = labels.at(e);
      const target = edgeTarget[e];
      if (label === special.dict) this.#attributes(graph, target, special, sink);
      else if (label === special.closure) this.#closure(graph, node, target, special, sink);
      else sink.child(target, label);
    }
  }

  entryCount(graph: HeapGraph, node: NodeIndex): number {
    const { firstEdge, edgeLabels: labels } = graph;
    let count = 0;
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
      const kind = labelKind(labels.at(e));
      if (kind === EdgeKind.key || kind === EdgeKind.index) count++;
    }
    return count;
  }

  labelText(graph: HeapGraph, label: EdgeLabel): string {
    const kind = labelKind(label);
    const operand = labelOperand(label);
    if (kind === EdgeKind.index) return operand === MEMBER ? '{…}' : `[${operand}]`;
    if (kind === EdgeKind.key) return this.#keyText(graph, operand);
    return nameText(kind, graph.names.text(operand));
  }

  labelPattern(graph: HeapGraph, label: EdgeLabel): string {
    const kind = labelKind(label);
    if (kind === EdgeKind.key) return '[x]';
    if (kind === EdgeKind.index) return labelOperand(label) === MEMBER ? '{x}' : '[x]';
    return nameText(kind, graph.names.text(labelOperand(label)));
  }

  nodeText(graph: HeapGraph, node: NodeIndex): string | undefined {
    return shortText(graph.texts.text(node)) ?? graph.values.value(node)?.toString();
  }

  addressText(address: number): string {
    return `0x${address.toString(16)}`;
  }

  status(graph: HeapGraph, node: NodeIndex): ObjectStatus {
    const type = graph.types[graph.typeOf[node]];
    if (type.displayName === 'module') return { status: 'alive', reason: 'a module stays until the process ends' };
    if (this.#isClass(graph, node)) return { status: 'alive', reason: 'a class of an imported module' };
    return { status: 'unknown' };
  }

  isNamespace(graph: HeapGraph, label: EdgeLabel): boolean {
    const kind = labelKind(label);
    if (kind !== EdgeKind.slot && kind !== EdgeKind.attribute) return false;
    const name = graph.names.text(labelOperand(label));
    return name === '__globals__' || name === '__builtins__';
  }

  finalizers(graph: HeapGraph): readonly FinalizerRegistration[] {
    return pythonFinalizers(graph, this.facts);
  }

  waiting(graph: HeapGraph): WaitingState {
    return pythonWaiting(graph, this.facts);
  }

  suspension(graph: HeapGraph, node: NodeIndex): SuspendedFunction | undefined {
    return pythonSuspension(graph, this.facts, node);
  }

  bound(graph: HeapGraph, collection: NodeIndex, owners: readonly NodeIndex[]): CollectionBound | undefined {
    return pythonBound(graph, this.facts, collection, owners);
  }

  isAgentFrame(frame: SiteFrame): boolean {
    return frame.file.includes('/heaptrail_agent/');
  }

  isLibraryFrame(frame: SiteFrame): boolean {
    if (frame.file.startsWith('<')) return true;
    return /\/(lib|Lib)(64)?\/python\d[^/]*\//.test(frame.file) && !/\/(site|dist)-packages\//.test(frame.file);
  }

  /** Of a stack that is cut off within the import, what is left is the body of a module of the library. */
  isImportFrame(frame: SiteFrame): boolean {
    return frame.file.startsWith('<frozen importlib') || (frame.function === '<module>' && this.isLibraryFrame(frame));
  }

  role(graph: HeapGraph, node: NodeIndex): ObjectRole | undefined {
    const name = graph.types[graph.typeOf[node]].displayName;
    return ROLE_BY_TYPE.get(name) ?? (this.#isClass(graph, node) ? 'class' : undefined);
  }

  hasFinalizer(graph: HeapGraph, node: NodeIndex): boolean {
    return this.#dunderDel.isInTypeOf(graph, node);
  }

  isCollected(graph: HeapGraph, node: NodeIndex): boolean {
    const flags = this.facts.types[graph.typeOf[node]]?.flags;
    return flags === undefined || (flags & HAVE_GC) !== 0;
  }

  isLibraryModule(name: string): boolean {
    return isStandardModule(name);
  }

  /** Named entries of the table of an instance, class or module. */
  #attributes(graph: HeapGraph, table: NodeIndex, special: SpecialLabels, sink: ChildSink): void {
    if (!sink.absorb(table)) return;
    const { firstEdge, edgeTarget, edgeLabels: labels } = graph;
    for (let e = firstEdge[table]; e < firstEdge[table + 1]; e++) {
      const label = labels.at(e);
      if (labelKind(label) === EdgeKind.key) sink.child(edgeTarget[e], this.#attributeLabel(graph, labelOperand(label)));
      else if (label !== special.key) sink.child(edgeTarget[e], label);
    }
  }

  /** Contents of the cells of a closure, under the names that the function's code gives them. */
  #closure(graph: HeapGraph, owner: NodeIndex, tuple: NodeIndex, special: SpecialLabels, sink: ChildSink): void {
    if (!sink.absorb(tuple)) return;
    const names = this.#freeNames(graph, owner, special);
    const { firstEdge, edgeTarget, edgeLabels: labels } = graph;
    for (let e = firstEdge[tuple]; e < firstEdge[tuple + 1]; e++) {
      const cell = edgeTarget[e];
      const name = names[labelOperand(labels.at(e))] ?? '?';
      if (!sink.absorb(cell)) continue;
      const label = edgeLabel(EdgeKind.cell, graph.names.intern(name));
      for (let c = firstEdge[cell]; c < firstEdge[cell + 1]; c++) sink.child(edgeTarget[c], label);
    }
  }

  #freeNames(graph: HeapGraph, node: NodeIndex, special: SpecialLabels): readonly string[] {
    for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++) {
      if (graph.edgeLabels.at(e) === special.code) return this.facts.code.freeNames(graph.address[graph.edgeTarget[e]]);
    }
    return [];
  }

  #attributeLabel(graph: HeapGraph, key: NodeIndex): EdgeLabel {
    if (this.#attributeByKey.length !== graph.nodeCount) this.#attributeByKey = new Int32Array(graph.nodeCount).fill(-1);
    let name = this.#attributeByKey[key];
    if (name < 0) {
      name = graph.names.intern(graph.texts.text(key) ?? `[${graph.types[graph.typeOf[key]].displayName}]`);
      this.#attributeByKey[key] = name;
    }
    return edgeLabel(EdgeKind.attribute, name);
  }

  #keyText(graph: HeapGraph, key: NodeIndex): string {
    const text = graph.texts.text(key);
    if (text !== undefined) return text.startsWith('[str#') ? text : `["${text}"]`;
    const value = graph.values.value(key);
    return value !== undefined ? `[${String(value)}]` : `[${graph.types[graph.typeOf[key]].displayName}]`;
  }

  /** A class is an instance of a type whose instances are types. */
  #isClass(graph: HeapGraph, node: NodeIndex): boolean {
    return ((this.facts.types[graph.typeOf[node]]?.flags ?? 0) & TYPE_SUBCLASS) !== 0;
  }

  #special(graph: HeapGraph): SpecialLabels {
    return (this.#labels ??= {
      dict: edgeLabel(EdgeKind.internal, graph.names.intern('__dict__')),
      closure: edgeLabel(EdgeKind.slot, graph.names.intern('__closure__')),
      code: edgeLabel(EdgeKind.slot, graph.names.intern('__code__')),
      key: edgeLabel(EdgeKind.internal, graph.names.intern('<key>')),
    });
  }
}

/** Py_TPFLAGS_HAVE_GC: instances tell the collector what they refer to. */
const HAVE_GC = 1 << 14;

/** Py_TPFLAGS_TYPE_SUBCLASS. */
const TYPE_SUBCLASS = 1 << 31;

interface SpecialLabels {
  readonly dict: EdgeLabel;
  readonly closure: EdgeLabel;
  readonly code: EdgeLabel;
  readonly key: EdgeLabel;
}

function nameText(kind: EdgeKind, name: string): string {
  switch (kind) {
    case EdgeKind.cell:
      return `closure ${name}`;
    case EdgeKind.local:
      return `local ${name}`;
    case EdgeKind.internal:
      return name === '' ? '->' : name;
    default:
      return `.${name}`;
  }
}
