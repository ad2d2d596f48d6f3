import { EdgeKind, edgeLabel, labelKind } from '../../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex } from '../../../graph/heap-graph.ts';
import type { UnaccountedObject } from '../../../graph/waiting.ts';
import { methodResolutionOrder } from '../dunder-del.ts';
import type { PythonFacts } from '../python-facts.ts';
import { isStandardModule } from '../standard-modules.ts';

/** Py_TPFLAGS_HEAPTYPE: made while the program ran, by a class statement or by a module of C. */
const HEAP_TYPE = 1 << 9;
/** Behind a callback that ctypes has handed to C: nobody counts what C keeps. */
const CALLBACK_OF_CTYPES = '_ctypes.CThunkObject';
/** What a class of C has in its namespace, with a reference back to the class. */
const MADE_BY_C: ReadonlySet<string> = new Set(['method_descriptor', 'wrapper_descriptor', 'classmethod_descriptor']);

/** Objects of types that are written in C and no part of Python: what is behind them may come back to them without a reference. */
export function nativeObjects(graph: HeapGraph, facts: PythonFacts): UnaccountedObject[] {
  const { typeOf, types, firstEdge, nodeCount } = graph;
  const classes = new NativeClasses(graph, facts);
  const isNative = Uint8Array.from(types, (_, type) => Number(classes.isForeign(type)));
  const found: UnaccountedObject[] = [];
  if (!isNative.includes(1)) return found;
  for (let node = 0; node < nodeCount; node++) {
    // What refers to nothing leads nowhere.
    if (isNative[typeOf[node]] === 1 && firstEdge[node] < firstEdge[node + 1])
      found.push({ node, typeName: types[typeOf[node]].displayName });
  }
  return found;
}

class NativeClasses {
  readonly #graph: HeapGraph;
  readonly #facts: PythonFacts;
  /** Classes that standard modules have by name. */
  readonly #standard: ReadonlySet<NodeIndex>;
  readonly #isWrittenInC = new Map<NodeIndex, boolean>();

  constructor(graph: HeapGraph, facts: PythonFacts) {
    this.#graph = graph;
    this.#facts = facts;
    this.#standard = standardClasses(graph);
  }

  isForeign(type: number): boolean {
    const { module, displayName } = this.#graph.types[type];
    if (displayName === CALLBACK_OF_CTYPES) return true;
    if (module === '' || module === 'builtins' || isStandardModule(module)) return false;
    if (((this.#facts.types[type].flags ?? HEAP_TYPE) & HEAP_TYPE) === 0) return true;
    const owner = this.#facts.nodeOfType(type);
    return owner !== undefined && [owner, ...methodResolutionOrder(this.#graph, owner)].some((each) => this.#isWritten(each));
  }

  #isWritten(owner: NodeIndex): boolean {
    if (this.#standard.has(owner)) return false;
    let known = this.#isWrittenInC.get(owner);
    if (known === undefined) {
      known = this.#hasOwnDescriptor(owner);
      this.#isWrittenInC.set(owner, known);
    }
    return known;
  }

  #hasOwnDescriptor(owner: NodeIndex): boolean {
    const { firstEdge, edgeTarget, edgeLabels, types, typeOf } = this.#graph;
    const namespace = namespaceOf(this.#graph, owner);
    if (namespace === undefined) return false;
    for (let e = firstEdge[namespace]; e < firstEdge[namespace + 1]; e++) {
      const member = edgeTarget[e];
      if (labelKind(edgeLabels.at(e)) !== EdgeKind.key || !MADE_BY_C.has(types[typeOf[member]].displayName)) continue;
      if (edgeTarget.subarray(firstEdge[member], firstEdge[member + 1]).includes(owner)) return true;
    }
    return false;
  }
}

function standardClasses(graph: HeapGraph): ReadonlySet<NodeIndex> {
  const found = new Set<NodeIndex>();
  for (const { kind, node, name } of graph.roots) {
    if (kind !== 'module' || (name !== 'builtins' && !isStandardModule(name))) continue;
    graph.language.children(graph, node, {
      child: (target) => {
        if (graph.language.role(graph, target) === 'class') found.add(target);
      },
      absorb: () => true,
    });
  }
  return found;
}

function namespaceOf(graph: HeapGraph, owner: NodeIndex): NodeIndex | undefined {
  const label = edgeLabel(EdgeKind.internal, graph.names.intern('__dict__'));
  for (let e = graph.firstEdge[owner]; e < graph.firstEdge[owner + 1]; e++)
    if (graph.edgeLabels.at(e) === label) return graph.edgeTarget[e];
  return undefined;
}
