import type { EdgeLabel, HeapGraph, NodeIndex, Root } from '../../graph/heap-graph.ts';
import type { RetainingPath } from '../../graph/shortest-paths.ts';
import type { PathStep } from '../../report/index.ts';
import { rootText, stepText, typeName } from './step-text.ts';

/**
 * The steps of a path with what is known of each object: above the last one that is known to be alive nothing leaks.
 * Marks no suspect: what a person would have to change follows from more than the path.
 */
export function pathSteps(graph: HeapGraph, path: RetainingPath): PathStep[] {
  const last = path.steps.length - 1;
  const lastAlive = path.steps.findLastIndex(({ node }, i) => i < last && graph.language.status(graph, node).status === 'alive');
  return path.steps.map(({ node, label }, i): PathStep => {
    const step = label === undefined ? rootText(path.root, true) : stepText(graph, node, label);
    const type = typeName(graph, node);
    const known = graph.language.status(graph, node);
    if (known.status !== 'unknown') return { step, type, status: known.status, suspect: false, reason: known.reason };
    if (i < lastAlive) return { step, type, status: 'not-leaking', suspect: false, reason: 'what it holds further on is alive' };
    if (i === 0 && path.root.kind === 'frame')
      return { step, type, status: 'alive', suspect: false, reason: 'a variable of a running function' };
    return { step, type, status: 'unknown', suspect: false };
  });
}

/** A path without what differs from run to run: no keys, positions, counts. Equal for objects that are held in the same way. */
export function pathNames(graph: HeapGraph, path: RetainingPath): string[] {
  return path.steps.map(({ label, node }) => (label === undefined ? rootName(graph, path.root, node) : stepName(graph, node, label)));
}

export function rootName(graph: HeapGraph, root: Root, node: NodeIndex): string {
  return `${rootText(root, false)} ${typeName(graph, node)}`;
}

export function stepName(graph: HeapGraph, node: NodeIndex, label: EdgeLabel): string {
  return `${graph.language.labelPattern(graph, label)} ${typeName(graph, node)}`;
}
