import { placeOf } from './bisection.ts';
import type { HeapGraph } from './heap-graph.ts';

/**
 * References that show one thing twice, because two objects hold it together (V8: key and table of a WeakMap hold the value).
 * Neither alone keeps it alive, so that a path leads on over the second of the two that is met. Parallel columns, ascending.
 */
export interface PairedReferences {
  readonly edge: Uint32Array;
  /** A number that both references of a pair share, and no others; not a dense one. */
  readonly pair: Uint32Array;
}

/** The pairs of which one walk has met one reference. One a walk. */
export class PendingPairs {
  readonly #pairs: PairedReferences;
  /** One bit a node: those that references of pairs lead to. Few, so that a walk seldom has to look a reference up. */
  readonly isTarget: Uint32Array;
  readonly #pending = new Set<number>();

  constructor(pairs: PairedReferences, { nodeCount, edgeTarget }: Pick<HeapGraph, 'nodeCount' | 'edgeTarget'>) {
    this.#pairs = pairs;
    this.isTarget = new Uint32Array((nodeCount >>> 5) + 1);
    for (const edge of pairs.edge) this.isTarget[edgeTarget[edge] >>> 5] |= 1 << (edgeTarget[edge] & 31);
  }

  /** Whether the walk goes on over a reference that it meets. */
  leadsOn(edge: number): boolean {
    const place = placeOf(this.#pairs.edge, edge);
    if (place < 0) return true;
    const pair = this.#pairs.pair[place];
    if (this.#pending.delete(pair)) return true;
    this.#pending.add(pair);
    return false;
  }
}
