import { finalizerKinds, type FinalizerKind } from '../../evidence/finalizers/index.ts';
import type { NodeIndex, SiteFrame } from '../../graph/heap-graph.ts';
import type { FinalizerRegistration } from '../../graph/language.ts';
import { distinctPaths } from '../../graph/shortest-paths.ts';
import type { FinalizerKindView, FinalizersAnswer, HeapPath } from '../../report/index.ts';
import { stepText, typeName } from '../paths/step-text.ts';
import type { Heap } from './heap.ts';
import { outermost } from './outermost.ts';
import { pathView } from './path-view.ts';

/** Ways to hold a value that are looked at for one that is no finalizer's. */
const HOLDERS_ASKED = 5;

/** Objects that their own finalizers keep. */
export function finalizersAnswer(heap: Heap, limit: number): FinalizersAnswer {
  const { graph, tree } = heap;
  const registrations = graph.language.finalizers(graph);
  const alive = registrations.filter(({ target }) => target !== undefined);
  if (alive.length === 0) return { registrations: 0, kinds: [], moreKinds: 0 };
  const kinds = finalizerKinds(graph, tree, heap.walk, registrations)
    .map((kind) => ({ kind, retainedBytes: retainedBytes(heap, kind) }))
    .sort((a, b) => Number(isShared(a.kind)) - Number(isShared(b.kind)) || b.retainedBytes - a.retainedBytes);
  return {
    registrations: alive.length,
    kinds: kinds.slice(0, limit).map((each) => kindView(heap, registrations, each.kind, each.retainedBytes)),
    moreKinds: Math.max(0, kinds.length - limit),
  };
}

function isShared({ by }: FinalizerKind): boolean {
  return by === 'held value, held elsewhere too';
}

function retainedBytes({ tree }: Heap, { targets, held }: FinalizerKind): number {
  return outermost(tree, [...new Set([...targets, ...held])]).reduce((sum, node) => sum + tree.retainedBytes(node), 0);
}

function kindView(heap: Heap, all: readonly FinalizerRegistration[], kind: FinalizerKind, retained: number): FinalizerKindView {
  const { graph } = heap;
  const { example, targets, registrations, way, throughOthers, by } = kind;
  const { target, held, registry, callbackFrame } = example;
  const capturing = way.find(({ node }) => graph.language.role(graph, node) === 'callable')?.node;
  const written = capturing === undefined ? undefined : graph.written?.frameOf(capturing);
  return {
    pattern: throughOthers ? 'finalizers-hold-each-other' : 'finalizer-holds-its-target',
    byFinalizersAlone: !isShared(kind),
    through: by === 'callback' ? 'callback' : 'held value',
    type: typeName(graph, target),
    objects: targets.length,
    registrations,
    retainedBytes: retained,
    example: heap.view(target),
    way: wayView(heap, kind),
    writtenAt: written ?? (registry === undefined ? callbackFrame : undefined) ?? null,
    callbackAt: (registry === undefined ? undefined : graph.written?.frameOf(registry.callback)) ?? null,
    allocated: allocatedAt(heap, [...held, target]),
    registry: registry === undefined ? null : { object: heap.view(registry.node), where: heap.where(registry.node) },
    alsoHeld: isShared(kind) ? otherHolder(heap, all, held) : null,
    fix: fixOf(kind),
  };
}

/** As a path is shown, from what the finalizer holds on. */
function wayView(heap: Heap, { way, by, example }: FinalizerKind): HeapPath {
  const { graph } = heap;
  const held = example.registry === undefined ? 'callback or arguments' : 'held value';
  return way.map(({ node, label }, at) => {
    const start = at > 0 ? 'its finalizer' : by === 'callback' ? 'clean-up callback' : held;
    const known = graph.language.status(graph, node);
    return {
      step: label === undefined ? start : stepText(graph, node, label),
      type: typeName(graph, node),
      status: known.status,
      ...(known.status === 'unknown' ? {} : { reason: known.reason }),
      suspect: false,
      object: heap.view(node),
    };
  });
}

/** Of the first of these objects whose allocation was traced. */
function allocatedAt({ graph }: Heap, nodes: readonly NodeIndex[]): readonly SiteFrame[] {
  for (const node of nodes) {
    const site = graph.sites.siteOf(node);
    if (site >= 0) return graph.sites.frames(site);
  }
  return [];
}

function otherHolder(heap: Heap, all: readonly FinalizerRegistration[], held: readonly NodeIndex[]): HeapPath | null {
  const { graph, walk, reverse } = heap;
  const holders = new Set(all.map(({ holder }) => holder));
  for (const node of held) {
    for (const path of distinctPaths(graph, node, HOLDERS_ASKED, walk, reverse))
      if (!holders.has(path.steps.at(-2)?.node ?? -1)) return pathView(heap, path);
  }
  return null;
}

function fixOf({ by, throughOthers }: FinalizerKind): string {
  if (by === 'callback')
    return 'write the callback where the object is not in scope; what it needs to know of the object, it gets as held value';
  if (throughOthers)
    return 'give each finalizer what its clean-up needs (an id, a handle, a path) instead of an object that another finalizer waits for';
  return 'give the finalizer what its clean-up needs (an id, a handle, a path) instead of the object, and a function that is neither bound to the object nor written where that is in scope';
}
