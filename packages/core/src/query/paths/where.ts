import type { Walk } from '../../graph/breadth-first.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { pathTo } from '../../graph/shortest-paths.ts';
import { rootText, stepText } from './step-text.ts';

/** Steps that are shown of a long path, beside its root: the last ones tell objects apart. */
const LAST_STEPS = 3;

/** The shortest path to an object in one line, long ones without their middle; undefined for what nothing holds. */
export function whereText(graph: HeapGraph, walk: Walk, node: NodeIndex): string | undefined {
  const path = pathTo(graph, walk, node);
  if (path === undefined) return undefined;
  const steps = path.steps.slice(1);
  const shown = steps.slice(-LAST_STEPS).map((step) => stepText(graph, step.node, step.label!));
  // Folders of a module would leave no room for what it holds.
  return [rootText(path.root, path.root.kind !== 'module'), ...(steps.length > LAST_STEPS ? ['…'] : []), ...shown].join(' → ');
}
