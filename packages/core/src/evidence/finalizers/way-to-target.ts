import { EdgeKind, labelKind, type EdgeLabel } from '../../graph/edge-label.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { TARGET, type WatchedObjects } from './watched-objects.ts';

/** From what a finalizer holds to an object. */
export interface WayStep {
  readonly node: NodeIndex;
  /** The reference that leads here; undefined for what a finalizer holds. */
  readonly label: EdgeLabel | undefined;
}

/** Objects looked at for one way; the ways that are looked for are short. */
const MOST_OBJECTS = 200_000;

/**
 * Shortest way from any of `starts` to an object, as the developer sees the heap; what finalizers hold is not gone through,
 * unless `throughOthers`: then from a target on to what its registrations hold. Undefined where there is none, or where it
 * would take too long to find.
 */
export function wayToTarget(
  graph: HeapGraph,
  watched: WatchedObjects,
  starts: readonly NodeIndex[],
  target: NodeIndex,
  throughOthers: boolean,
): readonly WayStep[] | undefined {
  const reachedFrom = new Map<NodeIndex, { readonly parent: NodeIndex; readonly label: EdgeLabel | undefined }>();
  const queue: NodeIndex[] = [];
  const take = (node: NodeIndex, parent: NodeIndex, label: EdgeLabel | undefined): void => {
    if (reachedFrom.has(node)) return;
    reachedFrom.set(node, { parent, label });
    queue.push(node);
  };
  for (const start of starts) take(start, -1, undefined);
  for (let head = 0; head < queue.length && queue.length < MOST_OBJECTS; head++) {
    const node = queue[head];
    if (node === target) break;
    if (graph.language.status(graph, node).status === 'alive') continue;
    graph.language.children(graph, node, {
      child(next, label) {
        if (labelKind(label) === EdgeKind.type || graph.language.isNamespace(graph, label) || watched.isOwn(node, next)) return;
        take(next, node, label);
      },
      absorb: () => true,
    });
    if (throughOthers && (watched.marks[node] & TARGET) !== 0)
      for (const { held } of watched.of(node)) for (const each of held) take(each, node, undefined);
  }
  if (!reachedFrom.has(target)) return undefined;
  const steps: WayStep[] = [];
  for (let at = target; at !== -1; at = reachedFrom.get(at)!.parent) steps.push({ node: at, label: reachedFrom.get(at)!.label });
  return steps.reverse();
}
