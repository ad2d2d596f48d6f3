import { PlaceComparison, survivors, type SurvivorGroup } from '../../evidence/difference/index.ts';
import {
  bornBetween,
  differenceRows,
  heapDifference,
  identitiesOf,
  knownObjects,
  type HeapIdentities,
  type KnownObjects,
} from '../../graph/difference/index.ts';
import type { NodeIndex } from '../../graph/heap-graph.ts';
import { hasOwnObjects, ownObjectsFrom } from '../../graph/own-objects.ts';
import type { DiffAnswer, DiffLimit, DiffLimitView, DiffRowView, HeapSummary, SurvivorsView } from '../../report/index.ts';
import { assertOneProcess, assertOneRuntime } from './assert-one-process.ts';
import type { Heap } from './heap.ts';
import { typesNamed } from './selection.ts';

/**
 * Compares heaps in the order in which they are added. Of all but the last only what identifies their objects is kept,
 * so that heaps of a gigabyte can be compared one after another.
 */
export class HeapComparison {
  readonly #by: DiffAnswer['by'];
  readonly #summaries: HeapSummary[] = [];
  readonly #identities: HeapIdentities[] = [];
  readonly #places = new PlaceComparison();
  #last: Heap | undefined;

  constructor(by: DiffAnswer['by']) {
    this.#by = by;
  }

  add(heap: Heap): void {
    this.#summaries.push(heap.summary());
    assertOneRuntime(this.#summaries);
    this.#identities.push(identitiesOf(heap.graph, hasOwnObjects(heap.graph) ? heap.tree : undefined));
    if (this.#by === 'place') this.#places.add(heap.graph, heap.progress);
    this.#last = heap;
  }

  /**
   * Of two heaps or more; `limit` rows, groups and places each. The last heap's file must still be open. Limits on survivors are
   * for three heaps and more of one process: of two, whatever is new would be one. Throws HeapsApartError.
   */
  answer(limit: number, limits: readonly DiffLimit[] = []): DiffAnswer {
    const last = this.#last;
    if (last === undefined || this.#identities.length < 2) throw new RangeError('a comparison needs two heaps');
    const difference = heapDifference(this.#identities, { sameProcess: this.#by === 'identity' }, last.progress);
    assertOneProcess(difference, this.#summaries, this.#identities[0].kind === 'id');
    const { rows, rest, unchangedTypes } = differenceRows(difference, limit);
    const marked = this.#by === 'identity' ? this.#marked(last) : undefined;
    const found = marked && this.#survivors(last, marked, limit);
    return {
      heaps: this.#summaries,
      by: this.#by,
      rows: rows.map(({ name, objects, bytes, steps }): DiffRowView => ({
        type: name,
        objects,
        shallowBytes: bytes,
        steps: steps.map(({ newObjects, freedObjects, grownObjects, grownBytes }) => ({
          newObjects,
          freedObjects,
          grownObjects,
          grownBytes,
        })),
      })),
      rest: { types: rest.types, objects: rest.objects, shallowBytes: rest.bytes },
      unchangedTypes,
      limits: limits.map((each) => this.#held(each, last, marked, found)),
      survivors: found ?? null,
      places: this.#by === 'place' ? this.#changedPlaces(limit) : null,
    };
  }

  /** One byte a node of the last heap: 1 for what counts as survivor. */
  #marked(last: Heap): Uint8Array {
    const baseline = knownObjects(this.#identities[0]);
    const target = this.#identities.length > 2 ? knownObjects(this.#identities[1]) : EVERYTHING;
    const marked = bornBetween(baseline, target, last.graph);
    if (hasOwnObjects(last.graph)) clearOwn(last, marked);
    return marked;
  }

  #survivors(last: Heap, marked: Uint8Array, limit: number): NonNullable<DiffAnswer['survivors']> {
    const found = survivors(last.graph, last.tree, marked, limit, last.progress);
    return {
      objects: found.objects,
      retainedBytes: found.retainedBytes,
      groups: found.groups.map((group) => groupView(last, group)),
      moreGroups: found.more.groups,
    };
  }

  /** The comparison, held against a limit. */
  #held(limit: DiffLimit, last: Heap, marked: Uint8Array | undefined, found: DiffAnswer['survivors'] | undefined): DiffLimitView {
    if (limit.on === 'growth') {
      const grownBytes = last.summary().heldBytes - this.#summaries[0].heldBytes;
      return { limit, found: grownBytes, exceeded: grownBytes > limit.bytes, typeKnown: true };
    }
    if (marked === undefined || !found || this.#identities.length < 3)
      throw new RangeError('a limit on survivors needs three heaps of one process');
    if (limit.on === 'survivors')
      return { limit, found: found.retainedBytes, exceeded: found.retainedBytes > limit.bytes, typeKnown: true };
    const types = typesNamed(last.graph, limit.type);
    const objects = survivorsOf(last, marked, types);
    return { limit, found: objects, exceeded: objects > limit.objects, typeKnown: types.length > 0 };
  }

  #changedPlaces(limit: number): DiffAnswer['places'] {
    const { changes, more, unchangedPlaces } = this.#places.changes(limit);
    return {
      changes: changes.map(({ path, objects, bytes, entries }) => ({ path, objects, shallowBytes: bytes, entries })),
      more: more.places,
      unchanged: unchangedPlaces,
    };
  }
}

/** Of two heaps, whatever the first did not have counts as new. */
const EVERYTHING: KnownObjects = { has: () => true };

/** heaptrail's agent makes objects for each dump, where the program had some before. */
function clearOwn({ graph, tree }: Heap, marked: Uint8Array): void {
  const first = ownObjectsFrom(graph, tree);
  for (let node = 0; node < marked.length; node++) if (tree.number[node] >= first) marked[node] = 0;
}

/** Marked objects of some types that are held. */
function survivorsOf({ graph, tree }: Heap, marked: Uint8Array, types: readonly number[]): number {
  const { typeOf } = graph;
  const isWanted = new Uint8Array(graph.types.length);
  for (const type of types) isWanted[type] = 1;
  let objects = 0;
  for (let node = 0; node < marked.length; node++)
    if (marked[node] === 1 && isWanted[typeOf[node]] === 1 && tree.isReached(node)) objects++;
  return objects;
}

function groupView(heap: Heap, { type, objects, retainedBytes, largest, holders }: SurvivorGroup): SurvivorsView {
  return {
    type: heap.graph.types[type].displayName,
    objects,
    retainedBytes,
    largest: heap.view(largest.node),
    where: heap.where(largest.node),
    holders: holders.map((holder) => ({
      ...holderView(heap, holder.node),
      objects: holder.objects,
      retainedBytes: holder.retainedBytes,
    })),
  };
}

/** What the root dominates has several holders at once: no single object frees it. */
function holderView(heap: Heap, node: NodeIndex | undefined): Pick<SurvivorsView['holders'][number], 'object' | 'where'> {
  if (node === undefined || node === heap.tree.rootNode) return { object: null, where: null };
  return { object: heap.view(node), where: heap.where(node) };
}
