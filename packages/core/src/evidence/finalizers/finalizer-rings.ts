import { components } from '../../graph/components/index.ts';
import { EdgeFlag } from '../../graph/edge-flags.ts';
import { GrowingUint32 } from '../../graph/growing-column.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { NodeBits } from './held-otherwise.ts';
import { HOLDER, TARGET, type Watch, type WatchedObjects } from './watched-objects.ts';

/**
 * Of registrations whose targets live by finalizers alone, those that are part of the reason: what they hold leads back to
 * their target, by itself or over targets of other registrations and what those hold. The others watch objects that such a
 * ring holds beside. With a reference from each target to what its registrations hold, a ring is a knot of references, so
 * one search for strongly connected components decides for all: O(nodes + edges of what lives by finalizers alone).
 */
export function inRings(graph: HeapGraph, watched: WatchedObjects, otherwise: NodeBits, stuck: readonly Watch[]): Watch[] {
  if (stuck.length === 0) return [];
  const part = partOf(graph, watched, otherwise, stuck);
  const { componentOf } = components(part);
  const { indexOf } = part;
  return stuck.filter(({ target, held }) => {
    if (indexOf[target] === ABSENT) return false;
    return held.some((each) => indexOf[each] !== ABSENT && componentOf[indexOf[each]] === componentOf[indexOf[target]]);
  });
}

const ABSENT = 0xffffffff;

interface Part {
  readonly nodeCount: number;
  readonly firstEdge: Uint32Array;
  readonly edgeTarget: Uint32Array;
  readonly edgeFlags: Uint8Array;
  /** Index within the part of each node of the heap, or ABSENT. */
  readonly indexOf: Uint32Array;
}

/** What the stuck registrations hold and nothing else does, as a graph of its own. */
function partOf(graph: HeapGraph, watched: WatchedObjects, otherwise: NodeBits, stuck: readonly Watch[]): Part {
  const indexOf = new Uint32Array(graph.nodeCount).fill(ABSENT);
  const nodes = new GrowingUint32();
  const take = (node: NodeIndex): void => {
    if (otherwise.has(node) || indexOf[node] !== ABSENT) return;
    indexOf[node] = nodes.length;
    nodes.push(node);
  };
  for (const { held } of stuck) held.forEach(take);
  const firstEdge = new GrowingUint32();
  const edgeTarget = new GrowingUint32();
  for (let index = 0; index < nodes.length; index++) {
    firstEdge.push(edgeTarget.length);
    eachHeld(graph, watched, nodes.at(index), (target) => {
      take(target);
      if (indexOf[target] !== ABSENT) edgeTarget.push(indexOf[target]);
    });
  }
  firstEdge.push(edgeTarget.length);
  return {
    nodeCount: nodes.length,
    firstEdge: firstEdge.finish(),
    edgeTarget: edgeTarget.finish(),
    edgeFlags: new Uint8Array(edgeTarget.length),
    indexOf,
  };
}

/** Its references, save those of a registration, which begin at the target instead. */
function eachHeld(graph: HeapGraph, watched: WatchedObjects, node: NodeIndex, tell: (target: NodeIndex) => void): void {
  const { firstEdge, edgeTarget, edgeFlags } = graph;
  const marks = watched.marks[node];
  const own = (marks & HOLDER) === 0 ? undefined : watched.by(node)?.held;
  for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++)
    if (edgeFlags[edge] < EdgeFlag.holdsNothing && own?.includes(edgeTarget[edge]) !== true) tell(edgeTarget[edge]);
  if ((marks & TARGET) !== 0) for (const { held } of watched.of(node)) held.forEach(tell);
}
