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

/** The tree that `dominatorSections` kept of a graph of so many nodes; undefined when it is missing, damaged or no tree. */
export function restoreDominators(sections: Sections, nodeCount: number): DominatorTree | undefined {
  const node = sections.column('dominators.node', 'u32');
  if (node === undefined || node.length < 2 || node.length > nodeCount + 2) return undefined;
  const dominator = sections.column('dominators.dominator', 'u32', node.length);
  const retained = sections.column('dominators.retained', 'f64', node.length);
  if (dominator === undefined || retained === undefined || !isTree(dominator)) return undefined;
  const number = numbersOf(node, nodeCount);
  return number === undefined ? undefined : new DominatorTree({ number, node, dominator, retained, count: node.length - 1 });
}

function numbersOf(node: Uint32Array, nodeCount: number): Uint32Array | undefined {
  const number = new Uint32Array(nodeCount);
  for (let i = node[1] === NO_NODE ? 2 : 1; i < node.length; i++) {
    const at = node[i];
    if (at >= nodeCount) return undefined;
    number[at] = i;
  }
  return number;
}

/** Whoever climbs comes to the root: a dominator's number is lower, and the root's is its own. */
function isTree(dominator: Uint32Array): boolean {
  if (dominator[1] !== 1) return false;
  for (let i = 2; i < dominator.length; i++) if (dominator[i] >= i || dominator[i] === 0) return false;
  return true;
}
