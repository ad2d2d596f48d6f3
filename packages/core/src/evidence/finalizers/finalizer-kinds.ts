import type { Walk } from '../../graph/breadth-first.ts';
import type { DominatorTree } from '../../graph/dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { FinalizerRegistration } from '../../graph/language.ts';
import { heldTargets, type HeldBy, type HeldTarget } from './held-targets.ts';
import { wayToTarget, type WayStep } from './way-to-target.ts';
import { WatchedObjects, type Watch } from './watched-objects.ts';

/** Targets of one type that finalizers of one sort keep. */
export interface FinalizerKind {
  readonly by: HeldBy;
  /** Each once, however often it is registered. */
  readonly targets: readonly NodeIndex[];
  readonly registrations: number;
  /** What their registrations hold and the target is reached by; none where that is the callback of a registry. */
  readonly held: readonly NodeIndex[];
  readonly example: Watch;
  /** From what the example holds, or its callback, to its target; empty where it was too long to be found. */
  readonly way: readonly WayStep[];
  /** True when the way leads over targets of other registrations and what those hold. */
  readonly throughOthers: boolean;
}

/** One object alone that lives by its held value, which something else has too, may well be meant to. */
const LEAST_HELD_ELSEWHERE = 2;

/** All targets that their own finalizers keep, by type, callback and what is held. */
export function finalizerKinds(
  graph: HeapGraph,
  tree: DominatorTree,
  walk: Walk,
  registrations: readonly FinalizerRegistration[],
): readonly FinalizerKind[] {
  if (registrations.every(({ target }) => target === undefined)) return [];
  const watched = new WatchedObjects(registrations, graph.nodeCount);
  const byKind = new Map<string, HeldTarget[]>();
  for (const each of heldTargets(graph, tree, walk, watched)) {
    const key = kindOf(graph, each);
    const same = byKind.get(key);
    if (same === undefined) byKind.set(key, [each]);
    else same.push(each);
  }
  return [...byKind.values()].flatMap((members) => {
    const [{ by, watch: example }] = members;
    const targets = [...new Set(members.map(({ watch }) => watch.target))];
    if (by === 'held value, held elsewhere too' && targets.length < LEAST_HELD_ELSEWHERE) return [];
    const held = by === 'callback' ? [] : [...new Set(members.flatMap(({ watch }) => watch.held))];
    return [{ by, targets, held, registrations: members.length, example, ...wayOf(graph, watched, example, by) }];
  });
}

function kindOf(graph: HeapGraph, { watch, by }: HeldTarget): string {
  const { target, held, callback, callbackFrame } = watch;
  const what = held.map((node) => {
    const isFunction = graph.language.role(graph, node) === 'callable';
    return `${graph.typeOf[node]} ${isFunction ? (graph.language.nodeText(graph, node) ?? '') : ''}`;
  });
  const place = callbackFrame === undefined ? '' : `${callbackFrame.file}:${callbackFrame.line}:${callbackFrame.column ?? 0}`;
  return [by, graph.typeOf[target], callback, place, ...what].join('\n');
}

function wayOf(graph: HeapGraph, watched: WatchedObjects, watch: Watch, by: HeldBy): Pick<FinalizerKind, 'way' | 'throughOthers'> {
  const starts = by === 'callback' ? [watch.registry!.callback] : watch.held;
  const alone = wayToTarget(graph, watched, starts, watch.target, false);
  if (alone !== undefined) return { way: alone, throughOthers: false };
  const through = wayToTarget(graph, watched, starts, watch.target, true);
  return { way: through ?? [], throughOthers: through !== undefined };
}
