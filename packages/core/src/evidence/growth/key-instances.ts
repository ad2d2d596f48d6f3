import { ROOT } from '../../graph/breadth-first.ts';
import { EdgeKind, labelKind, labelOperand } from '../../graph/edge-label.ts';
import type { NodeIndex } from '../../graph/heap-graph.ts';
import type { Growth } from './growth-tracker.ts';
import type { PlaceId } from './place-table.ts';
import type { PlacedHeap } from './place-walk.ts';

/** Share of the new keys that must hold such an instance. */
const MOST_KEYS = 0.9;
/** From the instance up to the holder: through the key, or through the value of its entry. */
const FARTHEST = 3;

/** Instances that the keys of a growing table are made of, such as the first part of `(self, 1)`. */
export interface KeyInstances {
  /** Each once, at the place where most of them are. */
  readonly place: PlaceId;
  readonly nodes: readonly NodeIndex[];
  /** New keys, and those of them whose first part is such an instance. */
  readonly keys: number;
  readonly keysWithFirst: number;
}

/**
 * What the new keys keep alive beside themselves: objects of one type, neither text nor number, that hang on this table and on
 * nothing nearer to a root. Undefined where keys are plain, or where few of them hold one. One look at the edges of each new key.
 */
export function instancesInKeys(heap: PlacedHeap, growth: Growth): KeyInstances | undefined {
  const { graph, placeOf } = heap;
  const { firstEdge, edgeTarget, edgeLabels, typeOf, language } = graph;
  const { holder } = growth.concrete;
  if (holder === undefined) return undefined;
  const keys = [...growth.concrete.newNodes.values()].flatMap((nodes) => nodes.filter((node) => isPlainKey(heap, node)));
  const byType = new Map<number, { readonly nodes: Set<NodeIndex>; keys: number; first: number }>();
  for (const key of keys) {
    let seen = -1;
    for (let edge = firstEdge[key]; edge < firstEdge[key + 1]; edge++) {
      const target = edgeTarget[edge];
      if (language.role(graph, target) !== undefined || !isBelow(heap, target, holder)) continue;
      const type = typeOf[target];
      let found = byType.get(type);
      if (found === undefined) byType.set(type, (found = { nodes: new Set(), keys: 0, first: 0 }));
      found.nodes.add(target);
      if (seen !== type) found.keys++;
      seen = type;
      const label = edgeLabels.at(edge);
      if (labelKind(label) === EdgeKind.index && labelOperand(label) === 0) found.first++;
    }
  }
  const best = [...byType.values()].sort((a, b) => b.keys - a.keys || b.nodes.size - a.nodes.size)[0];
  if (best === undefined || best.keys < MOST_KEYS * keys.length) return undefined;
  const place = mostOften([...best.nodes], placeOf);
  return { place, nodes: [...best.nodes].filter((node) => placeOf[node] === place), keys: keys.length, keysWithFirst: best.first };
}

/** A key that is a text, a number or made of several parts. */
function isPlainKey({ graph, walk }: PlacedHeap, node: NodeIndex): boolean {
  return labelKind(walk.parentLabel[node]) === EdgeKind.internal && graph.language.role(graph, node) === 'constant';
}

function isBelow({ walk }: PlacedHeap, node: NodeIndex, holder: NodeIndex): boolean {
  let at = node;
  for (let step = 0; step < FARTHEST; step++) {
    at = walk.parent[at];
    if (at === holder) return true;
    if (at === ROOT || at < 0) return false;
  }
  return false;
}

function mostOften(nodes: readonly NodeIndex[], placeOf: Uint32Array): PlaceId {
  const count = new Map<PlaceId, number>();
  let most = placeOf[nodes[0]];
  for (const node of nodes) {
    const place = placeOf[node];
    count.set(place, (count.get(place) ?? 0) + 1);
    if (count.get(place)! > count.get(most)!) most = place;
  }
  return most;
}
