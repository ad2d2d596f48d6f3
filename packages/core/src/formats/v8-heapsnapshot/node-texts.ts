import type { NodeIndex, NodeTexts, NodeValues } from '../../graph/heap-graph.ts';
import { known, type KnownName } from './known-names.ts';
import { NodeKind } from './node-kind.ts';
import type { SnapshotFacts } from './snapshot-facts.ts';

/** How deep the parts of a concatenated text are followed, and how many, for the beginning of it. */
const MOST_PARTS = 64;

/** Texts and numbers that are objects of the heap. */
export class SnapshotNodeTexts implements NodeTexts, NodeValues {
  readonly #facts: SnapshotFacts;

  constructor(facts: SnapshotFacts) {
    this.#facts = facts;
  }

  /** A string's text, as far as V8 wrote it (its first 1,024 characters unless it was told otherwise). */
  text(node: NodeIndex): string | undefined {
    const kind = this.#facts.kindOf(node);
    if (kind === NodeKind.string) return this.#facts.nodeNames.name(node);
    return kind === NodeKind.concatenated ? this.#joined(node, 1024) : undefined;
  }

  /** The same, cut off behind so many characters with the sign for it. */
  beginning(node: NodeIndex, most: number): string | undefined {
    const { nodeNames } = this.#facts;
    switch (this.#facts.kindOf(node)) {
      case NodeKind.string:
        return nodeNames.beginning(node, most);
      case NodeKind.concatenated: {
        const text = this.#joined(node, most + 1);
        return text.length > most ? `${text.slice(0, most)}…` : text;
      }
      default:
        return undefined;
    }
  }

  /** Numbers are in snapshots that were taken with their values. */
  value(node: NodeIndex): number | boolean | undefined {
    if (this.#facts.kindOf(node) !== NodeKind.number) return undefined;
    const value = this.#facts.internalTarget(node, 'value');
    if (value === undefined) return undefined;
    const text = this.#facts.nodeNames.name(value);
    if (text === 'true' || text === 'false') return text === 'true';
    const number = Number(text);
    return text === '' || Number.isNaN(number) ? undefined : number;
  }

  /** Description of a symbol. */
  symbol(node: NodeIndex): string | undefined {
    if (this.#facts.kindOf(node) !== NodeKind.symbol) return undefined;
    const name = this.#facts.internalTarget(node, 'name');
    return name === undefined ? '' : this.#facts.nodeNames.beginning(name, 60);
  }

  /** The parts of a concatenated text, from the first on, until `enough` characters are there. */
  #joined(node: NodeIndex, enough: number): string {
    const facts = this.#facts;
    const open: NodeIndex[] = [node];
    let text = '';
    let parts = 0;
    for (let part = open.pop(); part !== undefined && text.length < enough && parts < MOST_PARTS; part = open.pop(), parts++) {
      if (facts.kindOf(part) === NodeKind.concatenated) open.push(...partsOf(facts, part));
      else text += facts.nodeNames.name(part);
    }
    return text;
  }
}

const PARTS: readonly KnownName[] = ['second', 'first'];

/** The second part and the first: the order of a stack. */
function partsOf(facts: SnapshotFacts, node: NodeIndex): NodeIndex[] {
  const { firstEdge, edgeTarget } = facts.columns;
  const parts: NodeIndex[] = [];
  for (const name of PARTS)
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++)
      if (facts.internalName(edge) === known(name)) parts.push(edgeTarget[edge]);
  return parts;
}
