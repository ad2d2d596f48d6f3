import type { NodeIndex } from '../../graph/heap-graph.ts';
import type { FinalizerRegistration } from '../../graph/language.ts';

/** A registration whose target is still there. */
export interface Watch extends FinalizerRegistration {
  readonly target: NodeIndex;
}

/** Bits of `marks`. */
export const HOLDER = 1;
export const REGISTRY = 2;
export const TARGET = 4;

const NONE: readonly Watch[] = [];

/** The registrations of a heap whose targets are still there, as walks over the heap need them. One byte a node. */
export class WatchedObjects {
  readonly watches: readonly Watch[];
  /** One a node: HOLDER, REGISTRY, TARGET. */
  readonly marks: Uint8Array;
  /** The callback of each registry. */
  readonly callbackOf: ReadonlyMap<NodeIndex, NodeIndex>;
  readonly #watchOf = new Map<NodeIndex, Watch>();
  readonly #watchesOf = new Map<NodeIndex, Watch[]>();

  constructor(registrations: readonly FinalizerRegistration[], nodeCount: number) {
    this.watches = registrations.filter((each): each is Watch => each.target !== undefined);
    this.marks = new Uint8Array(nodeCount);
    const callbackOf = new Map<NodeIndex, NodeIndex>();
    for (const watch of this.watches) {
      const { holder, target, registry } = watch;
      this.marks[holder] |= HOLDER;
      this.marks[target] |= TARGET;
      this.#watchOf.set(holder, watch);
      const others = this.#watchesOf.get(target);
      if (others === undefined) this.#watchesOf.set(target, [watch]);
      else others.push(watch);
      if (registry === undefined) continue;
      this.marks[registry.node] |= REGISTRY;
      callbackOf.set(registry.node, registry.callback);
    }
    this.callbackOf = callbackOf;
  }

  /** The registrations that watch an object. */
  of(target: NodeIndex): readonly Watch[] {
    return this.#watchesOf.get(target) ?? NONE;
  }

  /** The registration whose references are those of `holder`. */
  by(holder: NodeIndex): Watch | undefined {
    return this.#watchOf.get(holder);
  }

  /** True for a reference by which a registration holds what it was given: it says nothing of who needs that. */
  isOwn(from: NodeIndex, to: NodeIndex): boolean {
    const marks = this.marks[from];
    if ((marks & REGISTRY) !== 0 && this.callbackOf.get(from) === to) return true;
    return (marks & HOLDER) !== 0 && this.#watchOf.get(from)?.held.includes(to) === true;
  }
}
