import type { DominatorTree } from '../../graph/dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { heldWithout } from './held-otherwise.ts';
import type { Watch } from './watched-objects.ts';

/** Values held by finalizers that lie above one target in the dominator tree and are looked at, the nearest first. */
const MOST_ABOVE = 64;
/** In `targetOf`: a value that registrations of several targets hold. */
const SHARED = -1;

/**
 * Registrations whose held value is the only way to their target, and is held by something else too (a list of all handles,
 * say): whoever lets go of the value leaves the target to its own finalizer. Values that registrations of several targets
 * hold do not count: what manages many objects may well hold them all. One pass over the dominator tree, 5 bytes a node, and
 * where that finds something a walk: the tree leaves out that a variable of a running function, say, holds what the program
 * holds as well (`Anchors`).
 */
export function livesByHeldValue(graph: HeapGraph, tree: DominatorTree, watches: readonly Watch[]): Watch[] {
  const { number, node, dominator, count } = tree;
  const targetOf = new Map<NodeIndex, NodeIndex>();
  for (const { target, held } of watches) {
    for (const each of held) {
      if (graph.language.role(graph, each) === 'constant') continue;
      const known = targetOf.get(each);
      targetOf.set(each, known === undefined || known === target ? target : SHARED);
    }
  }
  if (targetOf.size === 0) return [];
  const isHeld = new Uint8Array(count + 1);
  for (const [each, target] of targetOf) if (target !== SHARED) isHeld[number[each]] = 1;
  isHeld[0] = 0;
  /** The nearest held value at or above each number; 0 for none. A dominator's number is lower than what it dominates. */
  const nearest = new Uint32Array(count + 1);
  for (let i = 1; i <= count; i++) nearest[i] = isHeld[i] === 1 ? i : i === 1 ? 0 : nearest[dominator[i]];
  const found = watches.flatMap((watch) => {
    const value = valueAbove(watch);
    return value === undefined ? [] : [{ watch, value }];
  });
  if (found.length === 0) return [];
  const left = heldWithout(
    graph,
    found.map(({ value }) => value),
  );
  return found.filter(({ watch }) => !left.has(watch.target)).map(({ watch }) => watch);

  /** What the registration holds, and its target lives by. */
  function valueAbove({ target, held }: Watch): NodeIndex | undefined {
    if (number[target] <= 1) return undefined;
    let at = nearest[dominator[number[target]]];
    for (let seen = 0; at > 1 && seen < MOST_ABOVE; seen++) {
      // What is marked and held for this target is held for no other.
      if (held.includes(node[at])) return node[at];
      at = nearest[dominator[at]];
    }
    return undefined;
  }
}
