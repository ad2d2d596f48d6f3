import type { DominatorTree } from './dominators/index.ts';
import type { HeapGraph, NodeIndex } from './heap-graph.ts';

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

/** Objects between a module and one of its tables that are looked at. */
const MOST_BETWEEN = 64;

/**
 * Numbers of the dominator tree that explain nothing of what modules of the program keep. Those above: the loader in which the
 * runtime keeps modules, where it is a part of the heap (Node's is written in JavaScript); all of the program is behind it.
 * And those between a module and its own tables: functions that it exports, and that see its variables. Empty where modules
 * hold their names themselves and nothing holds them, as in Python. O(modules, their tables and what is found).
 */
export function moduleHolders(graph: HeapGraph, tree: DominatorTree): ModuleHolders {
  const { number, dominator } = tree;
  const moduleOf = new Map<number, NodeIndex>();
  for (const { kind, node } of graph.roots) {
    if (kind !== 'module' || number[node] === 0) continue;
    moduleOf.set(number[node], node);
    for (const table of tablesOf(graph, node)) if (number[table] !== 0 && !moduleOf.has(number[table])) moduleOf.set(number[table], node);
  }
  const above = new Set<number>();
  const between = new Set<number>();
  for (const [own, module] of moduleOf) {
    for (let at = dominator[own]; at > 1 && !above.has(at); at = dominator[at]) above.add(at);
    const steps: number[] = [];
    let at = dominator[own];
    for (; at > 1 && !moduleOf.has(at) && steps.length < MOST_BETWEEN; at = dominator[at]) steps.push(at);
    if (moduleOf.get(at) === module) for (const step of steps) between.add(step);
  }
  // What dominates has a lower number, so that it is judged first: what a module keeps is no loader.
  const loaders = new Set<number>([1]);
  for (const at of [...above].sort((a, b) => a - b)) if (!moduleOf.has(at) && loaders.has(dominator[at])) loaders.add(at);
  loaders.delete(1);
  return { loaders, between };
}

export interface ModuleHolders {
  readonly loaders: ReadonlySet<number>;
  readonly between: ReadonlySet<number>;
}
