import { EdgeKind, labelKind, labelOperand, MEMBER, type EdgeLabel } from './edge-label.ts';
import type { HeapGraph, NodeIndex, SiteFrame } from './heap-graph.ts';
import type {
  ChildSink,
  CollectionBound,
  FinalizerRegistration,
  Language,
  ObjectRole,
  ObjectStatus,
  SuspendedFunction,
} from './language.ts';
import { shortText } from './short-text.ts';
import { textFinalizers } from './text-finalizers.ts';
import { textSuspension, textWaiting } from './text-waiting.ts';
import type { WaitingState } from './waiting.ts';

/** The language of graphs written as text (`text-notation.ts`): every reference is shown as it stands. For tests. */
export class TextLanguage implements Language {
  readonly id = 'text';

  children(graph: HeapGraph, node: NodeIndex, sink: ChildSink): void {
    for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++) sink.child(graph.edgeTarget[e], graph.edgeLabels.at(e));
  }

  entryCount(graph: HeapGraph, node: NodeIndex): number {
    let count = 0;
    for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++) {
      const kind = labelKind(graph.edgeLabels.at(e));
      if (kind === EdgeKind.key || kind === EdgeKind.index) count++;
    }
    return count;
  }

  labelText(graph: HeapGraph, label: EdgeLabel): string {
    const kind = labelKind(label);
    if (kind === EdgeKind.key) return `["${graph.texts.text(labelOperand(label)) ?? '?'}"]`;
    if (kind === EdgeKind.index) return labelOperand(label) === MEMBER ? '{…}' : `[${labelOperand(label)}]`;
    return this.labelPattern(graph, label);
  }

  labelPattern(graph: HeapGraph, label: EdgeLabel): string {
    const kind = labelKind(label);
    if (kind === EdgeKind.key) return '[x]';
    if (kind === EdgeKind.index) return labelOperand(label) === MEMBER ? '{x}' : '[x]';
    const name = graph.names.text(labelOperand(label));
    if (kind === EdgeKind.cell) return `closure ${name}`;
    if (kind === EdgeKind.local) return `local ${name}`;
    return kind === EdgeKind.internal ? name : `.${name}`;
  }

  nodeText(graph: HeapGraph, node: NodeIndex): string | undefined {
    return shortText(graph.texts.text(node)) ?? graph.values.value(node)?.toString();
  }

  addressText(address: number): string {
    return `0x${address.toString(16)}`;
  }

  status(graph: HeapGraph, node: NodeIndex): ObjectStatus {
    return graph.types[graph.typeOf[node]].displayName === 'module' ? { status: 'alive', reason: 'a module' } : { status: 'unknown' };
  }

  isNamespace(graph: HeapGraph, label: EdgeLabel): boolean {
    return labelKind(label) === EdgeKind.internal && graph.names.text(labelOperand(label)) === '<globals>';
  }

  finalizers(graph: HeapGraph): readonly FinalizerRegistration[] {
    return textFinalizers(graph);
  }

  waiting(graph: HeapGraph): WaitingState {
    return textWaiting(graph);
  }

  suspension(graph: HeapGraph, node: NodeIndex): SuspendedFunction | undefined {
    return textSuspension(graph, node);
  }

  bound(): CollectionBound | undefined {
    return undefined;
  }

  role(graph: HeapGraph, node: NodeIndex): ObjectRole | undefined {
    const name = graph.types[graph.typeOf[node]].displayName;
    switch (name) {
      case 'ref':
        return 'weak';
      case 'str':
      case 'tuple':
        return 'constant';
      case 'call':
        return 'callable';
      case 'class':
        return 'class';
      case 'memo':
        return 'cache';
      case 'module':
        return 'runtime';
      default:
        return undefined;
    }
  }

  /** Types whose name begins with `closing`. */
  hasFinalizer(graph: HeapGraph, node: NodeIndex): boolean {
    return graph.types[graph.typeOf[node]].displayName.startsWith('closing');
  }

  /** Types whose name begins with `native` are not. */
  isCollected(graph: HeapGraph, node: NodeIndex): boolean {
    return !graph.types[graph.typeOf[node]].displayName.startsWith('native');
  }

  isLibraryModule(name: string): boolean {
    return name.startsWith('std');
  }

  isAgentFrame(): boolean {
    return false;
  }

  isLibraryFrame(frame: SiteFrame): boolean {
    return frame.file.startsWith('std');
  }

  isImportFrame(frame: SiteFrame): boolean {
    return frame.file === '<import>';
  }
}
