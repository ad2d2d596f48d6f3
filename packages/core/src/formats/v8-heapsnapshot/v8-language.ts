import { EdgeKind, labelKind, labelOperand, MEMBER, type EdgeLabel } from '../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex, SiteFrame } from '../../graph/heap-graph.ts';
import type { ChildSink, CollectionBound, FinalizerRegistration, Language, ObjectRole, ObjectStatus } from '../../graph/language.ts';
import { isJavaScriptLibraryFrame } from '../javascript/library-frame.ts';
import { DETACHED_PREFIX } from './detached.ts';
import type { NodeNames } from './node-names.ts';
import { v8Role } from './v8-roles.ts';
import type { V8Type } from './v8-types.ts';

const LONGEST_TEXT = 79;

/** JavaScript as its developer writes it. One per loaded snapshot. */
export class V8Language implements Language {
  readonly id = 'v8';
  readonly #types: readonly V8Type[];
  readonly #names: NodeNames;

  constructor(types: readonly V8Type[], names: NodeNames) {
    this.#types = types;
    this.#names = names;
  }

  children(graph: HeapGraph, node: NodeIndex, sink: ChildSink): void {
    const { firstEdge, edgeTarget, edgeLabels } = graph;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) sink.child(edgeTarget[edge], edgeLabels.at(edge));
  }

  entryCount(graph: HeapGraph, node: NodeIndex): number {
    const { firstEdge, edgeLabels } = graph;
    let count = 0;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) if (labelKind(edgeLabels.at(edge)) === EdgeKind.index) count++;
    return count;
  }

  labelText(graph: HeapGraph, label: EdgeLabel): string {
    const operand = labelOperand(label);
    switch (labelKind(label)) {
      case EdgeKind.index:
        return operand === MEMBER ? '{…}' : `[${operand}]`;
      case EdgeKind.key:
        return `[${this.nodeText(graph, operand) ?? '?'}]`;
      case EdgeKind.cell:
        return `closure ${graph.names.text(operand)}`;
      case EdgeKind.internal:
        return `<${graph.names.text(operand)}>`;
      default:
        return `.${graph.names.text(operand)}`;
    }
  }

  labelPattern(graph: HeapGraph, label: EdgeLabel): string {
    const kind = labelKind(label);
    return kind === EdgeKind.index || kind === EdgeKind.key ? '[x]' : this.labelText(graph, label);
  }

  nodeText(graph: HeapGraph, node: NodeIndex): string | undefined {
    const { nodeType } = this.#types[graph.typeOf[node]];
    return nodeType === 'string' || nodeType === 'closure' ? this.#names.beginning(node, LONGEST_TEXT) : undefined;
  }

  addressText(address: number): string {
    return String(address);
  }

  status(graph: HeapGraph, node: NodeIndex): ObjectStatus {
    const { nodeType, name } = this.#types[graph.typeOf[node]];
    if (nodeType === 'native' && name.startsWith(DETACHED_PREFIX)) return { status: 'leaking', reason: 'detached from the document' };
    return { status: 'unknown' };
  }

  isNamespace(): boolean {
    return false;
  }

  finalizers(): readonly FinalizerRegistration[] {
    return [];
  }

  bound(): CollectionBound | undefined {
    return undefined;
  }

  role(graph: HeapGraph, node: NodeIndex): ObjectRole | undefined {
    return v8Role(graph, node, this.#types);
  }

  hasFinalizer(): boolean {
    return false;
  }

  isCollected(): boolean {
    return true;
  }

  isLibraryModule(): boolean {
    return false;
  }

  isAgentFrame(): boolean {
    return false;
  }

  isLibraryFrame(frame: SiteFrame): boolean {
    return isJavaScriptLibraryFrame(frame);
  }
}
