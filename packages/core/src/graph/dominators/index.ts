export { dominators, DominatorTree, NO_DOMINATOR } from './dominator-tree.ts';
export { NO_NODE } from './depth-first.ts';
