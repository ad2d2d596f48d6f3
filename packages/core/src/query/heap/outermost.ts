import type { DominatorTree } from '../../graph/dominators/index.ts';
import type { NodeIndex } from '../../graph/heap-graph.ts';

/** Those of `nodes` that live inside no other of them: the sum of their retained sizes counts nothing twice. One pass over the tree. */
export function outermost(tree: DominatorTree, nodes: readonly NodeIndex[]): NodeIndex[] {
  const { number, dominator, count } = tree;
  const isMember = new Uint8Array(count + 1);
  for (const node of nodes) if (number[node] !== 0) isMember[number[node]] = 1;
  const isInside = new Uint8Array(count + 1);
  for (let i = 2; i <= count; i++) isInside[i] = isMember[dominator[i]] | isInside[dominator[i]];
  return nodes.filter((node) => number[node] !== 0 && isInside[number[node]] === 0);
}
