import { EdgeFlag } from '../../graph/edge-flags.ts';
import { EdgeKind, edgeLabel, labelKind, labelOperand, type EdgeLabel } from '../../graph/edge-label.ts';
import { NO_NODE } from './address-index.ts';
import type { SortedReferences } from './further-references.ts';
import { SpareColumns } from './spare-columns.ts';

/** References in lists anywhere in two columns: those of node n are at `start[n] .. end[n]`, then come the further ones. */
export interface ScatteredReferences {
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** NO_NODE where there is no reference after all. */
  readonly target: Uint32Array;
  readonly label: Uint32Array;
  /** None of them is by a key. */
  readonly further: SortedReferences | undefined;
  /** How many there are, without those to NO_NODE, with the further ones. */
  readonly count: number;
}

const NO_REFERENCES: ScatteredReferences = {
  start: new Uint32Array(),
  end: new Uint32Array(),
  target: new Uint32Array(),
  label: new Uint32Array(),
  further: undefined,
  count: 0,
};

/** The same references in the order of new numbers (CSR). */
export interface NumberedReferences {
  /** New number of each old one. */
  readonly numberOf: Uint32Array;
  /** Old number of each new one. */
  readonly order: Uint32Array;
  readonly firstEdge: Uint32Array;
  readonly edgeTarget: Uint32Array;
  readonly edgeLabel: Uint32Array;
  readonly edgeFlags: Uint8Array;
}

/**
 * Gives nodes new numbers, breadth-first from where they are held: what a walk reads one after the other then lies side by
 * side, which makes passes over a large graph several times as fast (Boldi and Vigna measure it for web graphs). References
 * are put in order as their node gets its turn; those of one node keep their order, labels of kind key get the new number of
 * the key object, and those that carry `typeLabel` are flagged as what describes. O(nodes + references), 12 bytes a node and
 * 9 a reference for what it makes.
 */
export class BreadthFirstNumbers {
  #from: ScatteredReferences;
  readonly #typeLabel: EdgeLabel;
  readonly #numberOf: Uint32Array;
  readonly #order: Uint32Array;
  readonly #firstEdge: Uint32Array;
  readonly #edgeTarget: Uint32Array;
  readonly #edgeLabel: Uint32Array;
  readonly #edgeFlags: Uint8Array;
  /** Nodes that have a number. */
  #count = 0;
  /** Nodes whose references have been put in order, and how many these are. */
  #done = 0;
  #edges = 0;
  /** References by a key that had no number yet: none where each comes after the reference to its key, as tables have them. */
  readonly #beforeKey: number[] = [];

  constructor(from: ScatteredReferences, typeLabel: EdgeLabel, spare = new SpareColumns(from.start.length)) {
    const nodeCount = from.start.length;
    this.#from = from;
    this.#typeLabel = typeLabel;
    this.#numberOf = spare.take().fill(NO_NODE);
    this.#order = spare.take();
    this.#firstEdge = new Uint32Array(nodeCount + 1);
    this.#edgeTarget = new Uint32Array(from.count);
    this.#edgeLabel = new Uint32Array(from.count);
    this.#edgeFlags = new Uint8Array(from.count);
  }

  isNumbered(node: number): boolean {
    return this.#numberOf[node] !== NO_NODE;
  }

  /** The next numbers go to these nodes and to all that they reach, as far as they have none. */
  reach(starts: Uint32Array): void {
    for (let i = 0; i < starts.length; i++) this.#number(starts[i]);
    this.#walk();
  }

  /** What has not been reached comes last. */
  finish(): NumberedReferences {
    const nodeCount = this.#order.length;
    for (let node = 0; this.#count < nodeCount; node++) {
      if (this.isNumbered(node)) continue;
      this.#number(node);
      this.#walk();
    }
    this.#firstEdge[nodeCount] = this.#edges;
    this.#from = NO_REFERENCES; // the larger part of what is in memory now
    this.#keysOfLater();
    return {
      numberOf: this.#numberOf,
      order: this.#order,
      firstEdge: this.#firstEdge,
      edgeTarget: this.#edgeTarget,
      edgeLabel: this.#edgeLabel,
      edgeFlags: this.#edgeFlags,
    };
  }

  #number(node: number): void {
    if (this.isNumbered(node)) return;
    this.#numberOf[node] = this.#count;
    this.#order[this.#count++] = node;
  }

  #walk(): void {
    const { start, end, target, label, further } = this.#from;
    const numberOf = this.#numberOf;
    const order = this.#order;
    const edgeTarget = this.#edgeTarget;
    const edgeLabels = this.#edgeLabel;
    const edgeFlags = this.#edgeFlags;
    const typeLabel = this.#typeLabel;
    const { key } = EdgeKind;
    let count = this.#count;
    let done = this.#done;
    let edges = this.#edges;
    for (; done < count; done++) {
      const node = order[done];
      this.#firstEdge[done] = edges;
      for (let e = start[node], stop = end[node]; e < stop; e++) {
        const to = target[e];
        if (to === NO_NODE) continue;
        let number = numberOf[to];
        if (number === NO_NODE) {
          number = numberOf[to] = count;
          order[count++] = to;
        }
        edgeTarget[edges] = number;
        let ownLabel = label[e];
        if (labelKind(ownLabel) === key) {
          const keyNumber = numberOf[labelOperand(ownLabel)];
          if (keyNumber === NO_NODE) this.#beforeKey.push(edges);
          else ownLabel = edgeLabel(key, keyNumber);
        } else if (ownLabel === typeLabel) {
          edgeFlags[edges] = EdgeFlag.describes;
        }
        edgeLabels[edges++] = ownLabel;
      }
      if (further === undefined) continue;
      const rank = further.ranks.of(node);
      if (rank < 0) continue;
      for (let e = further.first[rank], stop = further.first[rank + 1]; e < stop; e++) {
        const to = further.target[e];
        if (numberOf[to] === NO_NODE) {
          numberOf[to] = count;
          order[count++] = to;
        }
        edgeTarget[edges] = numberOf[to]!;
        edgeLabels[edges] = further.label[e]!;
        edgeFlags[edges++] = further.flags[e] | (further.label[e] === typeLabel ? EdgeFlag.describes : 0);
      }
    }
    this.#count = count;
    this.#done = done;
    this.#edges = edges;
  }

  #keysOfLater(): void {
    const labels = this.#edgeLabel;
    for (const e of this.#beforeKey) labels[e] = edgeLabel(EdgeKind.key, this.#numberOf[labelOperand(labels[e])]);
  }
}

/** A column over nodes in the order of their new numbers, in `moved`. */
export function reordered(column: Uint32Array, order: Uint32Array, moved: Uint32Array): Uint32Array {
  for (let i = 0; i < order.length; i++) moved[i] = column[order[i]]!;
  return moved;
}

/** A list of nodes with their new numbers, in place. */
export function renumbered(nodes: Uint32Array, numberOf: Uint32Array): Uint32Array {
  for (let i = 0; i < nodes.length; i++) nodes[i] = numberOf[nodes[i]]!;
  return nodes;
}
