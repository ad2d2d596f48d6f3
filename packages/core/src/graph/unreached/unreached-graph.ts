import { components } from '../components/index.ts';
import type { DominatorTree } from '../dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../heap-graph.ts';

/** What nothing holds, as a heap of its own, held by its outermost objects: so it can be asked what garbage holds garbage. */
export interface UnreachedGraph {
  readonly graph: HeapGraph;
  /** Node of the whole heap for each node here, ascending. */
  readonly nodeOf: Uint32Array;
}

/**
 * The part of a heap that nothing holds, without what it refers to outside. Its anchors are the objects that no other
 * garbage refers to and, where all of it goes in circles, one of each outermost knot: everything in it is reached.
 * O(nodes + edges of the part), and 4 bytes a node of the whole while it is made. For columns: labels, texts and values are not translated.
 */
export function unreachedGraph(graph: HeapGraph, tree: DominatorTree): UnreachedGraph {
  const nodeOf = unreachedNodes(graph, tree);
  const part = { ...graph, ...columnsOf(graph, nodeOf) };
  return { graph: { ...part, anchors: anchorsOf(part) }, nodeOf };
}

function unreachedNodes({ nodeCount }: HeapGraph, { number }: DominatorTree): Uint32Array {
  let count = 0;
  for (let node = 0; node < nodeCount; node++) if (number[node] === 0) count++;
  const nodes = new Uint32Array(count);
  let at = 0;
  for (let node = 0; node < nodeCount; node++) if (number[node] === 0) nodes[at++] = node;
  return nodes;
}

type Columns = Pick<
  HeapGraph,
  'nodeCount' | 'edgeCount' | 'typeOf' | 'shallowBytes' | 'address' | 'firstEdge' | 'edgeTarget' | 'edgeFlags' | 'roots'
>;

function columnsOf(graph: HeapGraph, nodeOf: Uint32Array): Columns {
  const ABSENT = 0xffffffff;
  const indexOf = new Uint32Array(graph.nodeCount).fill(ABSENT);
  nodeOf.forEach((node, index) => (indexOf[node] = index));
  const each = (take: (edge: number, target: number) => void, startOf: (index: number) => void): void => {
    for (let index = 0; index < nodeOf.length; index++) {
      startOf(index);
      for (let e = graph.firstEdge[nodeOf[index]]; e < graph.firstEdge[nodeOf[index] + 1]; e++) {
        const target = indexOf[graph.edgeTarget[e]];
        if (target !== ABSENT) take(e, target);
      }
    }
  };
  let edgeCount = 0;
  each(
    () => edgeCount++,
    () => undefined,
  );
  const firstEdge = new Uint32Array(nodeOf.length + 1);
  const edgeTarget = new Uint32Array(edgeCount);
  const edgeFlags = new Uint8Array(edgeCount);
  let at = 0;
  each(
    (edge, target) => {
      edgeTarget[at] = target;
      edgeFlags[at++] = graph.edgeFlags[edge];
    },
    (index) => (firstEdge[index] = at),
  );
  firstEdge[nodeOf.length] = at;
  return {
    nodeCount: nodeOf.length,
    edgeCount,
    typeOf: nodeOf.map((node: NodeIndex) => graph.typeOf[node]),
    shallowBytes: Float64Array.from(nodeOf, (node) => graph.shallowBytes[node]),
    address: Float64Array.from(nodeOf, (node) => graph.address[node]),
    firstEdge,
    edgeTarget,
    edgeFlags,
    roots: [],
  };
}

function anchorsOf(graph: Omit<HeapGraph, 'anchors'>): HeapGraph['anchors'] {
  const { componentOf, count } = components(graph);
  const isReferredTo = new Uint8Array(count);
  const firstOf = new Uint32Array(count);
  for (let node = graph.nodeCount - 1; node >= 0; node--) {
    firstOf[componentOf[node]] = node;
    for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++) {
      const target = componentOf[graph.edgeTarget[e]];
      // Flags of 0x80 and above hold nothing (EdgeFlag).
      if (graph.edgeFlags[e] < 0x80 && target !== componentOf[node]) isReferredTo[target] = 1;
    }
  }
  const first = firstOf.filter((_, component) => isReferredTo[component] === 0).sort();
  return { rootNode: undefined, first, second: new Uint32Array(), near: first, unreached: 'garbage' };
}
