import { ROOT, type Walk } from '../../graph/breadth-first.ts';
import type { NodeIndex } from '../../graph/heap-graph.ts';

/** Share of the members that a common holder leads to. */
const COVER = 0.8;
/** Share of the retained bytes that one child has to keep for the walk to go on. */
const KEEP = 0.7;

export interface CommonHolder {
  readonly node: NodeIndex;
  readonly coveredMembers: number;
  /** Retained by the members that it leads to. */
  readonly retainedBytes: number;
}

/**
 * Where the shortest paths to many objects part (Eclipse MAT, FindLeaksQuery): from the roots down, while the step that
 * keeps most leads to more than 80 % of the members and keeps at least 70 % of what the step above keeps. Undefined when
 * not even a root leads to so many. Linear in the union of the paths, however long they are; 4 bytes a node while it runs.
 */
export function commonHolder(walk: Walk, members: Uint32Array, bytesOf: (node: NodeIndex) => number): CommonHolder | undefined {
  const union = new PathUnion(walk, members, bytesOf);
  const least = COVER * members.length;
  let holder: number | undefined;
  let next = union.bestRoot;
  while (next !== undefined) {
    if (union.cover[next] <= least || (holder !== undefined && union.bytes[next] < KEEP * union.bytes[holder])) break;
    holder = next;
    next = union.bestChild(holder);
  }
  if (holder === undefined) return undefined;
  return { node: union.node(holder), coveredMembers: union.cover[holder], retainedBytes: union.bytes[holder] };
}

const NONE = 0xffffffff;

/** The paths as one tree, each step with what is below it. */
class PathUnion {
  readonly cover: Uint32Array;
  readonly bytes: Float64Array;
  readonly #nodes: number[] = [];
  readonly #best: Uint32Array;
  #bestRoot = NONE;

  constructor(walk: Walk, members: Uint32Array, bytesOf: (node: NodeIndex) => number) {
    const nodes = this.#nodes;
    const indexOf = new Uint32Array(walk.parent.length).fill(NONE);
    for (const member of members) {
      if (walk.parent[member] < 0 && walk.parent[member] !== ROOT) continue;
      for (let at = member; at !== ROOT && indexOf[at] === NONE; at = walk.parent[at]) indexOf[at] = nodes.push(at) - 1;
    }
    const parent = Uint32Array.from(nodes, (node) => (walk.parent[node] === ROOT ? NONE : indexOf[walk.parent[node]]));
    this.cover = new Uint32Array(nodes.length);
    this.bytes = new Float64Array(nodes.length);
    this.#best = new Uint32Array(nodes.length).fill(NONE);
    for (const member of members) {
      const index = indexOf[member];
      if (index === NONE) continue;
      this.cover[index]++;
      this.bytes[index] += bytesOf(member);
    }
    this.#sumUp(parent);
  }

  get bestRoot(): number | undefined {
    return this.#bestRoot === NONE ? undefined : this.#bestRoot;
  }

  bestChild(index: number): number | undefined {
    return this.#best[index] === NONE ? undefined : this.#best[index];
  }

  node(index: number): NodeIndex {
    return this.#nodes[index];
  }

  /** Adds each step to the one above it, once everything below it has been added. */
  #sumUp(parent: Uint32Array): void {
    const waitsFor = new Uint32Array(parent.length);
    for (const above of parent) if (above !== NONE) waitsFor[above]++;
    const ready: number[] = [];
    for (let index = 0; index < parent.length; index++) if (waitsFor[index] === 0) ready.push(index);
    for (let index = ready.pop(); index !== undefined; index = ready.pop()) {
      const above = parent[index];
      if (above === NONE) {
        this.#bestRoot = this.#better(this.#bestRoot, index);
        continue;
      }
      this.cover[above] += this.cover[index];
      this.bytes[above] += this.bytes[index];
      this.#best[above] = this.#better(this.#best[above], index);
      if (--waitsFor[above] === 0) ready.push(above);
    }
  }

  /** More bytes, then more members, then the lower node: never the order in which they came. */
  #better(a: number, b: number): number {
    if (a === NONE) return b;
    const difference = this.bytes[b] - this.bytes[a] || this.cover[b] - this.cover[a] || this.#nodes[a] - this.#nodes[b];
    return difference > 0 ? b : a;
  }
}
