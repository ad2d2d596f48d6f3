import type { Anchors } from '../../graph/anchors.ts';
import { EdgeFlag } from '../../graph/edge-flags.ts';
import { GrowingUint32 } from '../../graph/growing-column.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { HOLDER, TARGET, type WatchedObjects } from './watched-objects.ts';

/** One bit a node. */
export class NodeBits {
  readonly words: Uint32Array;

  constructor(nodeCount: number) {
    this.words = new Uint32Array((nodeCount >>> 5) + 1);
  }

  has(node: NodeIndex): boolean {
    return (this.words[node >>> 5] & (1 << (node & 31))) !== 0;
  }

  /** False when it was there already. */
  add(node: NodeIndex): boolean {
    const bit = 1 << (node & 31);
    if ((this.words[node >>> 5] & bit) !== 0) return false;
    this.words[node >>> 5] |= bit;
    return true;
  }
}

export interface HeldOtherwise {
  /** What something holds that is not a finalizer, and what the finalizers of those objects hold. */
  readonly otherwise: NodeBits;
  /** What is held at all. */
  readonly held: NodeBits;
}

/**
 * What would be left if each registration held what it was given only while something else held its target, and no registry
 * held its callback: the semantics of ephemerons (Hayes, Ephemerons: a new finalization mechanism, 1997), with the target as
 * key. An object that is held, and is not among these, lives by finalizers alone. Two walks, O(nodes + edges), iterative.
 */
export function heldOtherwise(graph: HeapGraph, watched: WatchedObjects): HeldOtherwise {
  const { nodeCount, anchors } = graph;
  const starts = startsOf(anchors);
  const held = new NodeBits(nodeCount);
  walk(graph, undefined, held, starts);
  const otherwise = new NodeBits(nodeCount);
  if (anchors.unreached === 'held') {
    // Held by something that the file does not show.
    for (let node = 0; node < nodeCount; node++) if (held.add(node)) starts.push(node);
  }
  walk(graph, watched, otherwise, starts);
  return { otherwise, held };
}

/** What is held when some objects are taken out; those are among it. Counts every root alike, which the tiers of `Anchors` do not. */
export function heldWithout(graph: HeapGraph, without: Iterable<NodeIndex>): NodeBits {
  const held = new NodeBits(graph.nodeCount);
  for (const node of without) held.add(node);
  walk(graph, undefined, held, startsOf(graph.anchors));
  return held;
}

function startsOf({ first, second, rootNode }: Anchors): NodeIndex[] {
  return [...(rootNode === undefined ? [] : [rootNode]), ...first, ...second];
}

/** Everything that the starts hold; without `watched`, finalizers hold as everything else does. */
function walk(graph: HeapGraph, watched: WatchedObjects | undefined, reached: NodeBits, starts: readonly NodeIndex[]): void {
  const { firstEdge, edgeTarget, edgeFlags } = graph;
  const { holdsNothing } = EdgeFlag;
  const { words } = reached;
  const marks = watched?.marks;
  const open = new GrowingUint32();
  const take = (node: NodeIndex): void => {
    if (reached.add(node)) open.push(node);
  };
  for (const start of starts) {
    take(start);
    while (open.length > 0) {
      const node = open.pop();
      const marked = marks === undefined ? 0 : marks[node];
      for (let edge = firstEdge[node], end = firstEdge[node + 1]; edge < end; edge++) {
        const target = edgeTarget[edge];
        const word = target >>> 5;
        const bit = 1 << (target & 31);
        if (edgeFlags[edge] >= holdsNothing || (words[word] & bit) !== 0) continue;
        if (marked !== 0 && watched?.isOwn(node, target) === true) continue;
        words[word] |= bit;
        open.push(target);
      }
      if (marked !== 0) takeHeld(watched!, node, reached, take);
    }
  }
}

/** Of holder and target, the one that is met second lets what is held through. */
function takeHeld(watched: WatchedObjects, node: NodeIndex, reached: NodeBits, take: (node: NodeIndex) => void): void {
  const marks = watched.marks[node];
  if ((marks & TARGET) !== 0) for (const { holder, held } of watched.of(node)) if (reached.has(holder)) held.forEach(take);
  if ((marks & HOLDER) === 0) return;
  const watch = watched.by(node);
  if (watch !== undefined && reached.has(watch.target)) watch.held.forEach(take);
}
