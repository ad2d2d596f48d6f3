import type { PlacedHeap } from '../evidence/growth/index.ts';
import type { EdgeLabel, NodeIndex } from '../graph/heap-graph.ts';
import { pathTo } from '../graph/shortest-paths.ts';
import type { PathStep } from '../report/index.ts';
import { pathNames, pathSteps } from './paths/path-steps.ts';
import { rootText } from './paths/step-text.ts';

/** A retaining path as a person reads it, and the part of it that is the same in every run. */
export interface HeldBy {
  readonly steps: readonly PathStep[];
  /** Names without keys, positions, counts and folders: for the fingerprint. */
  readonly names: readonly string[];
}

/**
 * Path from a root to the holder, whose step is the suspect, and one step further to what grows. What grows leaks; between
 * it and the last object that is known to be alive nothing is known, and the suspect is the last of these.
 */
export function heldBy(
  heap: PlacedHeap,
  holder: NodeIndex,
  grows: { readonly node: NodeIndex; readonly type: string; readonly inKeys: boolean } | undefined,
): HeldBy {
  const { graph, walk } = heap;
  const path = pathTo(graph, walk, holder);
  if (path === undefined) return { steps: [], names: [] };
  const steps = pathSteps(graph, path);
  const { step, type } = steps.pop()!;
  const size = graph.language.entryCount(graph, holder);
  steps.push({ step, type, status: 'unknown', suspect: true, reason: 'it grows in every dump', ...(size > 0 ? { size } : {}) });
  if (grows !== undefined) {
    const label = labelBelow(heap, holder, grows.node);
    const text = grows.inKeys
      ? '[key][x]'
      : label === undefined
        ? '[x]'
        : graph.language.labelPattern(graph, label).replace('<key>', '[key]');
    steps.push({ step: text, type: grows.type, status: 'leaking', suspect: false, reason: 'one more in every dump' });
  }
  return { steps, names: pathNames(graph, path) };
}

/** What grows is held by no object: the growing objects are roots themselves. */
export function heldByRoot(heap: PlacedHeap, grows: { readonly node: NodeIndex; readonly type: string }): HeldBy {
  const index = heap.walk.rootIndex[grows.node];
  const root = heap.graph.roots[index];
  const text = root === undefined ? 'not known' : rootText(root, true);
  return {
    steps: [{ step: text, type: grows.type, status: 'unknown', suspect: true, reason: 'more of them in every dump' }],
    names: [root === undefined ? '' : rootText(root, false), grows.type],
  };
}

function labelBelow(heap: PlacedHeap, holder: NodeIndex, node: NodeIndex): EdgeLabel | undefined {
  return heap.walk.parent[node] === holder ? heap.walk.parentLabel[node] : undefined;
}
