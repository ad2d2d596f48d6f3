import type { DominatorTree } from './dominators/index.ts';
import type { HeapGraph, NodeIndex } from './heap-graph.ts';

/** The modules of the program, and with each the tables that its names lie in: those that are passed through on its behalf. */
export function moduleNodes(graph: HeapGraph): NodeIndex[] {
  return graph.roots.filter(({ kind }) => kind === 'module').flatMap(({ node }) => [node, ...tablesOf(graph, node)]);
}

/** What a root passes through to show what it holds. */
export function tablesOf(graph: HeapGraph, root: NodeIndex): NodeIndex[] {
  const found: NodeIndex[] = [];
  graph.language.children(graph, root, {
    child: () => undefined,
    absorb(table) {
      found.push(table);
      return false;
    },
  });
  return found;
}

/**
 * Numbers of the dominator tree, ascending, that keep modules of the program alive and belong to none themselves: the loader
 * in which the runtime keeps modules, where it is a part of the heap (Node's is written in JavaScript). All of the program is
 * behind it, so it explains nothing. Empty where the modules are what holds the heap, as in Python. O(modules + what is found).
 */
export function moduleHolders(graph: HeapGraph, tree: DominatorTree): readonly number[] {
  const { number, dominator } = tree;
  const isModule = new Set(moduleNodes(graph).map((node) => number[node]));
  const above = new Set<number>();
  for (const module of isModule)
    for (let at = module === 0 ? 0 : dominator[module]; at > 1 && !above.has(at); at = dominator[at]) above.add(at);
  // What dominates has a lower number, so that it is judged first.
  const holders = new Set<number>([1]);
  for (const at of [...above].sort((a, b) => a - b)) if (!isModule.has(at) && holders.has(dominator[at])) holders.add(at);
  holders.delete(1);
  return [...holders];
}
