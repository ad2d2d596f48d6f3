import type { DominatorTree } from '../../graph/dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { moduleHolders } from '../../graph/module-holders.ts';
import { ownObjectsFrom } from '../../graph/own-objects.ts';
import { runtimeHolders } from '../../graph/runtime-holders.ts';

export interface TopObjects {
  /** Numbers (`DominatorTree`) of the uppermost objects that are the program's: their retained sizes are disjoint. */
  readonly numbers: Uint32Array;
  /** Everything that is held, without heaptrail's own objects. */
  readonly usedBytes: number;
  /** 1 for nodes that are the runtime's own holders, the loader of modules among them. */
  readonly isHolder: Uint8Array;
}

/**
 * What the root dominates, with the runtime's own holders (modules, their namespaces, what loads them, code, system roots) and definitions
 * (classes, functions) replaced by what they dominate in turn: they are the program, and what piles up does so in an object
 * behind them. One pass over the numbers.
 */
export function topObjects(graph: HeapGraph, tree: DominatorTree): TopObjects {
  const { node, dominator, count } = tree;
  const isHolder = runtimeHolders(graph);
  for (const number of moduleHolders(graph, tree).loaders) isHolder[node[number]] = 1;
  const firstOwn = ownObjectsFrom(graph, tree);
  const isWalkedThrough = new Uint8Array(count + 1);
  isWalkedThrough[1] = 1;
  const numbers = new Uint32Array(count);
  let length = 0;
  let usedBytes = tree.totalBytes;
  for (let i = 2; i <= count; i++) {
    if (i >= firstOwn) usedBytes -= graph.shallowBytes[node[i]];
    else if (isWalkedThrough[dominator[i]] === 0) continue;
    else if (isHolder[node[i]] === 1 || isDefinition(graph, node[i])) isWalkedThrough[i] = 1;
    else numbers[length++] = i;
  }
  return { numbers: numbers.slice(0, length), usedBytes, isHolder };
}

/** A class or a function: written once, however many there are. */
export function isDefinition(graph: HeapGraph, node: NodeIndex): boolean {
  const role = graph.language.role(graph, node);
  return role === 'class' || role === 'callable';
}

/** The number of the largest child of each number, 0 for none: where a walk down the tree goes. 4 bytes a node. */
export function largestChildren({ dominator, retained, count }: DominatorTree): Uint32Array {
  const largest = new Uint32Array(count + 1);
  for (let i = 2; i <= count; i++) {
    const above = dominator[i];
    if (largest[above] === 0 || retained[i] > retained[largest[above]]) largest[above] = i;
  }
  return largest;
}
