import type { DominatorTree } from '../../graph/dominators/index.ts';
import type { NodeIndex } from '../../graph/heap-graph.ts';
import type { JudgedWaiter } from './judged-waiter.ts';

/**
 * Bytes that would be freed with these waiters: what their objects and their own references retain, each byte once. What
 * something else holds too is not among them.
 */
export function retainedByWaiters(tree: DominatorTree, waiters: readonly JudgedWaiter[]): number {
  const nodes = new Set<NodeIndex>(waiters.flatMap(({ holdsAlone }) => holdsAlone));
  let bytes = 0;
  for (const node of nodes) if (!isBelowAny(tree, node, nodes)) bytes += tree.retainedBytes(node);
  return bytes;
}

function isBelowAny(tree: DominatorTree, node: NodeIndex, nodes: ReadonlySet<NodeIndex>): boolean {
  for (let at = tree.dominatorOf(node); at >= 0; at = tree.dominatorOf(at)) if (nodes.has(at)) return true;
  return false;
}
