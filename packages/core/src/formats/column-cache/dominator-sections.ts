import { DominatorTree, NO_NODE } from '../../graph/dominators/index.ts';
import type { Section } from './column.ts';
import type { Sections } from './read-sections.ts';

/** The tree without `number`, which is the inverse of `node` and is made again as fast as it would be read. */
export function dominatorSections({ node, dominator, retained, count }: DominatorTree): Section[] {
  return [
    { name: 'dominators.node', column: node.subarray(0, count + 1) },
    { name: 'dominators.dominator', column: dominator.subarray(0, count + 1) },
    { name: 'dominators.retained', column: retained.subarray(0, count + 1) },
  ];
}

/** The tree that `dominatorSections` kept of a graph of so many nodes; undefined when it is missing or damaged, or of another graph. */
export function restoreDominators(sections: Sections, nodeCount: number): DominatorTree | undefined {
  const node = sections.column('dominators.node', 'u32');
  if (node === undefined || node.length < 2 || node.length > nodeCount + 2) return undefined;
  const dominator = sections.column('dominators.dominator', 'u32', node.length);
  const retained = sections.column('dominators.retained', ['u32', 'f64'], node.length);
  if (dominator === undefined || retained === undefined) return undefined;
  const number = new Uint32Array(nodeCount);
  for (let i = node[1] === NO_NODE ? 2 : 1; i < node.length; i++) number[node[i]] = i;
  return new DominatorTree({ number, node, dominator, retained, count: node.length - 1 });
}
