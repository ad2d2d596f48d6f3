import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { HeapGraph } from '../../graph/heap-graph.ts';
import type { ReferenceCycle } from './shortest-cycles.ts';
import { asItStands, writtenCycle, type CycleStep } from './written-cycle.ts';

/** Number of a signature. */
export type SignatureId = number;

export interface NamedCycle {
  readonly signature: SignatureId;
  /** True when the labels of this very cycle were not read: it has the types of others, whose signature it is given. */
  readonly isAssumed: boolean;
}

/** Where labels are read back from the file: how many cycles of the same types are read, and how many labels in all, about. */
const READ_OF_EACH = 64;
const LABELS_READ = 50_000;
/** Raw cycles whose signature is kept, and how long they may be; for others names are made again. */
const KEPT = 100_000;
const LONGEST_KEPT = 64;
/** Steps of a cycle whose labels are read from the file. */
const LONGEST_READ = 1000;
/** From so many equal steps on, a signature does not count them: rings of any length are of one kind. */
const MANY = 10;

/**
 * Names cycles: the signature is the sorted multiset of `Type.label` of a cycle's steps as the developer wrote them, so
 * that cycles made in one place of a program have one signature. Texts are made once for each sequence of types and
 * labels, not once for each of a million cycles.
 */
export class CycleNaming {
  readonly #graph: HeapGraph;
  readonly #isInFile: boolean;
  readonly #idByText = new Map<string, SignatureId>();
  readonly #texts: string[] = [];
  readonly #known = new Map<string, { readonly signature: SignatureId; read: number }>();
  #labelsRead = 0;

  constructor(graph: HeapGraph) {
    this.#graph = graph;
    this.#isInFile = graph.edgeLabels.areInFile === true;
  }

  get size(): number {
    return this.#texts.length;
  }

  text(signature: SignatureId): string {
    return this.#texts[signature];
  }

  name(cycle: ReferenceCycle): NamedCycle {
    if (cycle.edges.length > LONGEST_KEPT) return this.#named(cycle);
    const key = this.#rawKey(cycle);
    const known = this.#known.get(key);
    if (known !== undefined && (!this.#isInFile || known.read >= READ_OF_EACH || this.#labelsRead >= LABELS_READ))
      return { signature: known.signature, isAssumed: this.#isInFile };
    const named = this.#named(cycle);
    if (known !== undefined) known.read++;
    else if (this.#known.size < KEPT) this.#known.set(key, { signature: named.signature, read: 1 });
    return named;
  }

  #named({ nodes, edges, isShortest }: ReferenceCycle): NamedCycle {
    const graph = this.#graph;
    if (!this.#isInFile)
      return { signature: this.#idOf(signatureOf(graph, writtenCycle(graph, { nodes, edges, isShortest }))), isAssumed: false };
    if (this.#labelsRead >= LABELS_READ) {
      const types = nodes.map((node) => graph.types[graph.typeOf[node]].displayName);
      return { signature: this.#idOf(`${multiset(types)} (names not read)`), isAssumed: true };
    }
    const part = { nodes: nodes.slice(0, LONGEST_READ), edges: edges.slice(0, LONGEST_READ), isShortest };
    this.#labelsRead += part.edges.length;
    const isWhole = part.edges.length === edges.length;
    const steps = isWhole ? writtenCycle(graph, part) : asItStands(graph, part);
    return { signature: this.#idOf(signatureOf(graph, steps)), isAssumed: !isWhole };
  }

  /** What can be compared without a text: types and labels in turn, from the least pair on; what the flags tell of labels that are in the file. */
  #rawKey({ nodes, edges }: ReferenceCycle): string {
    const { typeOf, edgeLabels, edgeFlags } = this.#graph;
    const pairs = edges.map(
      (edge, i) => typeOf[nodes[i]] * 2 ** 32 + (this.#isInFile ? edgeFlags[edge] & EdgeFlag.formatMask : edgeLabels.at(edge)),
    );
    const first = pairs.indexOf(pairs.reduce((least, pair) => Math.min(least, pair), Infinity));
    return [...pairs.slice(first), ...pairs.slice(0, first)].join(' ');
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
  return multiset(
    steps.map(({ node, label }) => {
      const type = graph.types[graph.typeOf[node]].displayName;
      const pattern = graph.language.labelPattern(graph, label);
      return /^[.[{]/.test(pattern) ? `${type}${pattern}` : `${type} ${pattern}`;
    }),
  );
}

function multiset(texts: readonly string[]): string {
  const countByText = new Map<string, number>();
  for (const text of texts) countByText.set(text, (countByText.get(text) ?? 0) + 1);
  return [...countByText]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([text, count]) => (count === 1 ? text : `${text} ×${count < MANY ? count : 'many'}`))
    .join(', ');
}
