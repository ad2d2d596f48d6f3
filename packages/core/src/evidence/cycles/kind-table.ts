import type { KnotMembers } from '../../graph/components/index.ts';
import type { DominatorTree } from '../../graph/dominators/index.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';
import { NO_GROUP } from '../../graph/histogram/index.ts';
import type { NamedCycle, SignatureId } from './cycle-naming.ts';

export type CycleState = 'reachable' | 'garbage';
/** `nothing`: a member is an object that the collector does not look into. */
export type FreedBy = 'collector' | 'nothing';

/** Index of a kind. */
export type KindId = number;
export const NO_KIND = NO_GROUP;

export interface KindSums {
  readonly state: CycleState;
  readonly freedBy: FreedBy | undefined;
  readonly knots: number;
  readonly assumedKnots: number;
  readonly objects: number;
  readonly largestKnot: number;
  readonly shallowBytes: number;
}

/** What is summed of each kind while the knots go by. Fates: 0 reachable, 1 garbage for the collector, 2 garbage that nothing frees. */
type Fate = 0 | 1 | 2;

interface Kind {
  readonly signature: SignatureId;
  readonly fate: Fate;
  knots: number;
  assumedKnots: number;
  objects: number;
  largestKnot: number;
  shallowBytes: number;
  smallestKnot: number;
  smallestSize: number;
}

/** Knots by kind: one number a knot, one small object a kind. */
export class KindTable {
  readonly #graph: HeapGraph;
  readonly #tree: DominatorTree;
  readonly #kindOfKnot: Uint32Array;
  readonly #kinds: Kind[] = [];
  readonly #kindByKey = new Map<number, KindId>();

  constructor(graph: HeapGraph, tree: DominatorTree, knotCount: number) {
    this.#graph = graph;
    this.#tree = tree;
    this.#kindOfKnot = new Uint32Array(knotCount).fill(NO_KIND);
  }

  get size(): number {
    return this.#kinds.length;
  }

  add(knot: number, members: Uint32Array, { signature, isAssumed }: NamedCycle): void {
    const { shallowBytes } = this.#graph;
    const fate = this.#fateOf(members);
    const key = signature * 3 + fate;
    let id = this.#kindByKey.get(key);
    if (id === undefined) {
      id = this.#kinds.length;
      this.#kindByKey.set(key, id);
      const none = { knots: 0, assumedKnots: 0, objects: 0, largestKnot: 0, shallowBytes: 0, smallestKnot: knot, smallestSize: Infinity };
      this.#kinds.push({ signature, fate, ...none });
    }
    this.#kindOfKnot[knot] = id;
    const kind = this.#kinds[id];
    kind.knots++;
    if (isAssumed) kind.assumedKnots++;
    kind.objects += members.length;
    kind.largestKnot = Math.max(kind.largestKnot, members.length);
    for (const member of members) kind.shallowBytes += shallowBytes[member];
    // The example has to be one whose labels were read.
    if (members.length < kind.smallestSize && (!isAssumed || kind.smallestSize === Infinity)) {
      kind.smallestSize = members.length;
      kind.smallestKnot = knot;
    }
  }

  signatureOf(id: KindId): SignatureId {
    return this.#kinds[id].signature;
  }

  stateOf(id: KindId): CycleState {
    return this.#kinds[id].fate === 0 ? 'reachable' : 'garbage';
  }

  smallestKnot(id: KindId): number {
    return this.#kinds[id].smallestKnot;
  }

  sums(id: KindId): KindSums {
    const { fate, knots, assumedKnots, objects, largestKnot, shallowBytes } = this.#kinds[id];
    const freedBy = fate === 0 ? undefined : fate === 1 ? 'collector' : 'nothing';
    return { state: this.stateOf(id), freedBy, knots, assumedKnots, objects, largestKnot, shallowBytes };
  }

  /** Most retained first; then most bytes of their own; then by name. */
  order(bytesByKind: Float64Array, nameOf: (kind: KindId) => string): KindId[] {
    return Array.from(this.#kinds.keys()).sort(
      (a, b) =>
        bytesByKind[b] - bytesByKind[a] ||
        this.#kinds[b].shallowBytes - this.#kinds[a].shallowBytes ||
        (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : a - b),
    );
  }

  sumOf(ids: readonly KindId[]): { kinds: number; knots: number; objects: number; shallowBytes: number } {
    const sum = { kinds: ids.length, knots: 0, objects: 0, shallowBytes: 0 };
    for (const id of ids) {
      sum.knots += this.#kinds[id].knots;
      sum.objects += this.#kinds[id].objects;
      sum.shallowBytes += this.#kinds[id].shallowBytes;
    }
    return sum;
  }

  totals(state: CycleState): { knots: number; objects: number; shallowBytes: number } {
    const { knots, objects, shallowBytes } = this.sumOf(Array.from(this.#kinds.keys()).filter((id) => this.stateOf(id) === state));
    return { knots, objects, shallowBytes };
  }

  /** One entry per node: the kind of its knot, or NO_KIND. */
  kindOfNodes({ first, node }: KnotMembers): Uint32Array {
    const kindOf = new Uint32Array(this.#graph.nodeCount).fill(NO_KIND);
    for (let knot = 0; knot < this.#kindOfKnot.length; knot++)
      for (let i = first[knot]; i < first[knot + 1]; i++) kindOf[node[i]] = this.#kindOfKnot[knot];
    return kindOf;
  }

  #fateOf(members: Uint32Array): Fate {
    // Members hold each other: what holds one holds all.
    if (this.#tree.number[members[0]] !== 0) return 0;
    const { language } = this.#graph;
    for (const member of members) if (!language.isCollected(this.#graph, member)) return 2;
    return 1;
  }
}
