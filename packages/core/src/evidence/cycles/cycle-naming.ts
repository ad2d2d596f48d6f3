import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';
import type { ReferenceCycle } from './shortest-cycles.ts';
import { writtenCycle, type CycleStep } from './written-cycle.ts';

/** Number of a signature. */
export type SignatureId = number;

export interface NamedCycle {
  readonly signature: SignatureId;
  /** True when the labels of this very cycle were not read: it has the types of others, whose signature it is given. */
  readonly isAssumed: boolean;
}

/** Where labels are read back from the file: how many cycles of the same types are read, and how many labels in all. */
const READ_OF_EACH = 64;
const LABELS_READ = 50_000;
/** Raw cycles whose signature is kept; beyond it, names are made again. */
const KEPT = 100_000;

/**
 * Names cycles: the signature is the sorted multiset of `Type.label` of a cycle's steps as the developer wrote them, so
 * that cycles made in one place of a program have one signature. Texts are made once for each sequence of types and
 * labels, not once for each of a million cycles.
 */
export class CycleNaming {
  readonly #graph: HeapGraph;
  readonly #idByText = new Map<string, SignatureId>();
  readonly #texts: string[] = [];
  readonly #known = new Map<string, { readonly signature: SignatureId; read: number }>();
  #labelsRead = 0;

  constructor(graph: HeapGraph) {
    this.#graph = graph;
  }

  get size(): number {
    return this.#texts.length;
  }

  text(signature: SignatureId): string {
    return this.#texts[signature];
  }

  name(cycle: ReferenceCycle): NamedCycle {
    const { key, isExact } = this.#rawKey(cycle);
    const known = this.#known.get(key);
    const isSpent = known !== undefined && (known.read >= READ_OF_EACH || this.#labelsRead >= LABELS_READ);
    if (known !== undefined && (isExact || isSpent)) return { signature: known.signature, isAssumed: !isExact };
    if (!isExact) this.#labelsRead += cycle.edges.length;
    const signature = this.#idOf(signatureOf(this.#graph, writtenCycle(this.#graph, cycle)));
    if (known !== undefined) known.read++;
    else if (this.#known.size < KEPT) this.#known.set(key, { signature, read: 1 });
    return { signature, isAssumed: false };
  }

  /** What can be compared without a text: types and labels in turn, from the least pair on. Exact where labels are in memory. */
  #rawKey({ nodes, edges }: ReferenceCycle): { readonly key: string; readonly isExact: boolean } {
    const { typeOf, edgeLabels, edgeFlags } = this.#graph;
    const isExact = edgeLabels.areInFile !== true;
    const pairs = edges.map(
      (edge, i) => typeOf[nodes[i]] * 2 ** 32 + (isExact ? edgeLabels.at(edge) : edgeFlags[edge] & EdgeFlag.formatMask),
    );
    const first = pairs.indexOf(pairs.reduce((least, pair) => Math.min(least, pair), Infinity));
    return { key: [...pairs.slice(first), ...pairs.slice(0, first)].join(' '), isExact };
  }

  #idOf(text: string): SignatureId {
    let id = this.#idByText.get(text);
    if (id === undefined) {
      id = this.#texts.push(text) - 1;
      this.#idByText.set(text, id);
    }
    return id;
  }
}

/** `Child.parent, Parent.children, list[x]`: sorted; a step that comes several times once, with how often. */
export function signatureOf(graph: HeapGraph, steps: readonly CycleStep[]): string {
  const countByStep = new Map<string, number>();
  for (const { node, label } of steps) {
    const type = graph.types[graph.typeOf[node]].displayName;
    const pattern = graph.language.labelPattern(graph, label);
    const step = /^[.[{]/.test(pattern) ? `${type}${pattern}` : `${type} ${pattern}`;
    countByStep.set(step, (countByStep.get(step) ?? 0) + 1);
  }
  return [...countByStep]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([step, count]) => (count === 1 ? step : `${step} ×${count}`))
    .join(', ');
}
