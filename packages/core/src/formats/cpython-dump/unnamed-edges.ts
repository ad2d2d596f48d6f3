import { EdgeKind, edgeLabel } from '../../graph/edge-label.ts';
import type { LabelColumn } from '../../graph/graph-builder.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';

/** Writers give names in the order of the edges, so the edge is nearly always among the next few. */
const LOOKED_AHEAD = 16;

/** The edges `first .. end` of one owner that have no name yet. Whatever the order of the names, the work stays linear. */
export class UnnamedEdges {
  readonly #edgeTarget: Uint32Array;
  readonly #labels: Uint32Array;
  readonly #first: number;
  readonly #end: number;
  readonly #unnamed: number;
  #cursor: number;
  /** Edges by target, in order; made when the order of the names is not that of the edges. */
  #byTarget: Map<number, number[]> | undefined;

  constructor(graph: HeapGraph & { readonly edgeLabels: LabelColumn }, first: number, end: number) {
    this.#edgeTarget = graph.edgeTarget;
    this.#labels = graph.edgeLabels.column;
    this.#first = first;
    this.#end = end;
    this.#cursor = first;
    this.#unnamed = edgeLabel(EdgeKind.internal, graph.names.intern(''));
  }

  get isSorted(): boolean {
    return this.#byTarget !== undefined;
  }

  /** Names the first edge to `target` that has no name; ignores a target that has none. */
  name(target: number, label: number): void {
    const edge = this.#byTarget === undefined ? this.#ahead(target) : this.#known(target);
    if (edge !== undefined) this.#labels[edge] = label;
  }

  #ahead(target: number): number | undefined {
    for (let e = this.#cursor; e < this.#end && e < this.#cursor + LOOKED_AHEAD; e++) {
      if (!this.#leadsTo(e, target)) continue;
      this.#cursor = e + 1;
      return e;
    }
    return this.#known(target);
  }

  #known(target: number): number | undefined {
    this.#byTarget ??= this.#sorted();
    const edges = this.#byTarget.get(target);
    for (let e = edges?.pop(); e !== undefined; e = edges?.pop()) if (this.#leadsTo(e, target)) return e;
    return undefined;
  }

  #leadsTo(edge: number, target: number): boolean {
    return this.#edgeTarget[edge] === target && this.#labels[edge] === this.#unnamed;
  }

  #sorted(): Map<number, number[]> {
    const byTarget = new Map<number, number[]>();
    for (let e = this.#end - 1; e >= this.#first; e--) {
      const target = this.#edgeTarget[e];
      const edges = byTarget.get(target);
      if (edges === undefined) byTarget.set(target, [e]);
      else edges.push(e);
    }
    return byTarget;
  }
}
