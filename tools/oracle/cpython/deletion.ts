import { dominators } from '../../../packages/core/src/graph/dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../../../packages/core/src/graph/heap-graph.ts';
import { runProgram } from './run-program.ts';

/** What died with one object, and what the graph says that it dominates: of what the collector tracks. */
export interface Deletion {
  readonly name: string;
  readonly died: number;
  /** Types of objects that are dominated and lived on, or died and are not dominated. */
  readonly livedOn: readonly string[];
  readonly diedToo: readonly string[];
}

/** Runs `freed_by_deletion.py`: the meaning of a retained size, tried out. */
export function compareWithDeletion(python: string, copies: number): Deletion[] {
  const { graph, nodeByAddress, facts } = runProgram(python, 'freed_by_deletion.py', String(copies));
  const all = Object.entries(facts as Readonly<Record<string, { readonly address: number; readonly died: readonly number[] }>>);
  const tree = dominators(graph);
  const mortal = new Set(all.flatMap(([, { died }]) => died));
  const subclasses = tablesOfSubclasses(graph);
  return all.map(([name, { address, died }]) => {
    const root = nodeByAddress.get(address)!;
    const dead = new Set(died);
    const typeOf = (node: number): string => graph.types[graph.typeOf[node]].displayName;
    const livedOn: string[] = [];
    const diedToo = died.filter((each) => {
      const node = nodeByAddress.get(each);
      return node === undefined || !(tree.dominates(root, node) || subclasses.has(node));
    });
    for (let node = 0; node < graph.nodeCount; node++) {
      if (!tree.dominates(root, node) || dead.has(graph.address[node])) continue;
      // What the collector does not track shows in no list of its; only containers are compared.
      if (mortal.has(graph.address[node]) || isTracked(typeOf(node))) livedOn.push(typeOf(node));
    }
    return {
      name,
      died: died.length,
      livedOn,
      diedToo: diedToo.map((each) => (nodeByAddress.has(each) ? typeOf(nodeByAddress.get(each)!) : '?')),
    };
  });
}

/** The interpreter's tables of the subclasses of each class, with the weak references in them: it drops these itself when a class dies. */
function tablesOfSubclasses(graph: HeapGraph): Set<NodeIndex> {
  const found = new Set<NodeIndex>();
  for (const { kind, node } of graph.roots) {
    if (kind !== 'native' || graph.types[graph.typeOf[node]].displayName !== 'dict') continue;
    const targets = [...graph.edgeTarget.subarray(graph.firstEdge[node], graph.firstEdge[node + 1])];
    const types = targets.map((target) => graph.types[graph.typeOf[target]].displayName);
    if (!types.every((type) => type === 'int' || type.startsWith('weakref'))) continue;
    for (const each of [node, ...targets]) found.add(each);
  }
  return found;
}

/** Types whose objects the collector always tracks. */
function isTracked(type: string): boolean {
  return /^(list|function|cell|generator|coroutine|frame|traceback|type|set|collections\.\w+|kinds_of_objects\.\w+)$/.test(type);
}
