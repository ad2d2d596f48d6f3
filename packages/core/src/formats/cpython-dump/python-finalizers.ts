import { EdgeKind, edgeLabel, labelKind } from '../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex, SiteFrame } from '../../graph/heap-graph.ts';
import type { FinalizerRegistration } from '../../graph/language.ts';
import type { PythonFacts } from './python-facts.ts';

/**
 * `weakref.finalize` keeps its registrations in a class attribute, `finalize._registry`: a dict from the finalize object
 * to an _Info of weakref, func, args, kwargs (CPython Lib/weakref.py, 3.4 to 3.14).
 */
export function pythonFinalizers(graph: HeapGraph, facts: PythonFacts): readonly FinalizerRegistration[] {
  const registry = registryOf(graph, facts);
  if (registry === undefined) return [];
  const referentByWeakReference = new Map<NodeIndex, NodeIndex>();
  graph.weak.source.forEach((source, i) => referentByWeakReference.set(source, graph.weak.target[i]));
  const found: FinalizerRegistration[] = [];
  let registration = -1;
  // Pairs stand side by side: the key's edge, then the value's.
  for (let e = graph.firstEdge[registry]; e < graph.firstEdge[registry + 1]; e++) {
    if (labelKind(graph.edgeLabels.at(e)) !== EdgeKind.key) {
      registration = graph.edgeTarget[e]!;
      continue;
    }
    const holder = graph.edgeTarget[e];
    const info = attributesOf(graph, holder);
    const callback = info.get('func');
    const reference = info.get('weakref');
    const held = ['func', 'args', 'kwargs'].flatMap((name) => info.get(name) ?? []);
    found.push({
      registration,
      target: reference === undefined ? undefined : referentByWeakReference.get(reference),
      holds: held,
      held,
      holder,
      callback: callback === undefined ? '?' : callableName(graph, facts, callback),
      callbackFrame: callback === undefined ? undefined : callableFrame(graph, facts, callback),
    });
  }
  return found;
}

function registryOf(graph: HeapGraph, facts: PythonFacts): NodeIndex | undefined {
  // A class that has no instances is no type of the dump, and has no registrations either.
  const node = facts.nodeOfType(facts.types.findIndex((each) => each.module === 'weakref' && each.name === 'finalize'));
  return node === undefined ? undefined : attributesOf(graph, node).get('_registry');
}

/** Attributes and slots of one object by name, as the developer sees them. */
export function attributesOf(graph: HeapGraph, node: NodeIndex): ReadonlyMap<string, NodeIndex> {
  const attributes = new Map<string, NodeIndex>();
  graph.language.children(graph, node, {
    child: (target, label) => {
      const kind = labelKind(label);
      if (kind !== EdgeKind.attribute && kind !== EdgeKind.slot) return;
      attributes.set(graph.language.labelPattern(graph, label).slice(1), target);
    },
    absorb: () => true,
  });
  return attributes;
}

function functionOf(graph: HeapGraph, callable: NodeIndex): NodeIndex {
  return attributesOf(graph, callable).get('__func__') ?? attributesOf(graph, callable).get('func') ?? callable;
}

function codeOf(graph: HeapGraph, facts: PythonFacts, callable: NodeIndex): readonly [string, number, string] | undefined {
  const codeLabel = edgeLabel(EdgeKind.slot, graph.names.intern('__code__'));
  const node = functionOf(graph, callable);
  for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++) {
    if (graph.edgeLabels.at(e) !== codeLabel) continue;
    const code = facts.code.byAddress(graph.address[graph.edgeTarget[e]]);
    if (code !== undefined) return [code[1], code[2], code[4]];
  }
  return undefined;
}

function callableName(graph: HeapGraph, facts: PythonFacts, callable: NodeIndex): string {
  return codeOf(graph, facts, callable)?.[2] ?? graph.types[graph.typeOf[callable]].displayName;
}

function callableFrame(graph: HeapGraph, facts: PythonFacts, callable: NodeIndex): SiteFrame | undefined {
  const code = codeOf(graph, facts, callable);
  return code === undefined ? undefined : { file: code[0], line: code[1], function: code[2] };
}
