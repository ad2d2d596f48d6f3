import { EdgeKind, edgeLabel, MAX_OPERAND, MEMBER, type EdgeLabel } from '../../graph/edge-label.ts';
import { NO_NODE } from './address-index.ts';
import { Labelling } from './raw-dump.ts';

/** Labels that a list of references can have before names are known. */
export interface PlainLabels {
  /** Of a reference that may still get a name. */
  readonly unnamed: EdgeLabel;
  /** From an object to its own class. */
  readonly type: EdgeLabel;
  /** From a table to a key. */
  readonly tableKey: EdgeLabel;
}

/**
 * The lists of references as EDGES and PAIRS blocks give them, one after the other: those of node n are at
 * `start[n] .. end[n]`. Sized once, from what the survey counted. A target that is no object is NO_NODE.
 */
export class ReferenceColumns {
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  target: Uint32Array;
  label: Uint32Array;
  /** References to each node that the heap accounts for. */
  readonly counted: Uint32Array;
  readonly #labels: PlainLabels;
  #length = 0;
  #holes = 0;
  /** References to what is no object. */
  dangling = 0;

  constructor(nodeCount: number, referenceCount: number, labels: PlainLabels) {
    this.start = new Uint32Array(nodeCount);
    this.end = new Uint32Array(nodeCount);
    this.counted = new Uint32Array(nodeCount);
    this.target = new Uint32Array(referenceCount);
    this.label = new Uint32Array(referenceCount);
    this.#labels = labels;
  }

  /** Index at which the next list begins. */
  get length(): number {
    return this.#length;
  }

  /** How many references there are, without those to NO_NODE. */
  get count(): number {
    return this.#length - this.#holes;
  }

  /** Targets and labels, which are empty afterwards. */
  handOver(): { readonly target: Uint32Array; readonly label: Uint32Array } {
    const { target, label } = this;
    this.target = this.label = new Uint32Array();
    return { target, label };
  }

  /** Takes in lists whose targets stand at `length` already: `words` has their lengths from `counts` on. `ownType` is the class of all of them. */
  takeLists(nodes: Uint32Array, count: number, words: Uint32Array, counts: number, labelling: number, ownType: number): void {
    const { target, label, counted, start, end } = this;
    const { unnamed, type } = this.#labels;
    const byIndex = edgeLabel(EdgeKind.index, 0);
    const member = edgeLabel(EdgeKind.index, MEMBER);
    let e = this.#length;
    let missing = 0;
    for (let i = 0; i < count; i++) {
      const node = nodes[i];
      const first = e;
      const stop = e + words[counts + i];
      if (node === NO_NODE) {
        target.fill(NO_NODE, first, stop);
        this.#holes += stop - first;
        e = stop;
        continue;
      }
      start[node] = first;
      end[node] = stop;
      for (; e < stop; e++) {
        const to = target[e];
        if (to === NO_NODE) missing++;
        else counted[to]++;
        label[e] = to === ownType ? type : unnamed;
      }
      if (labelling === Labelling.index) for (e = first; e < stop; e++) label[e] = byIndex + Math.min(e - first, MAX_OPERAND);
      else if (labelling === Labelling.member) label.fill(member, first, stop);
    }
    this.#length = e;
    this.#holes += missing;
    this.dangling += missing;
  }

  /** Takes in tables: the entries of each become two references, to the key and to the value. `keys` and `values` are nodes, all lists after another. */
  takeTables(
    nodes: Uint32Array,
    count: number,
    words: Uint32Array,
    counts: number,
    keys: Uint32Array,
    values: Uint32Array,
    areBorrowed: boolean,
  ): void {
    const { target, label, counted, start, end } = this;
    const { tableKey } = this.#labels;
    const byKey = edgeLabel(EdgeKind.key, 0);
    let e = this.#length;
    let p = 0;
    for (let i = 0; i < count; i++) {
      const node = nodes[i];
      const first = e;
      for (const stop = p + words[counts + i]; p < stop; p++, e += 2) {
        const key = keys[p];
        const value = values[p];
        if (node === NO_NODE || key === NO_NODE || value === NO_NODE) {
          target[e] = target[e + 1] = NO_NODE;
          this.#holes += 2;
          if (node !== NO_NODE) this.dangling += Number(key === NO_NODE) + Number(value === NO_NODE);
          continue;
        }
        target[e] = key;
        label[e] = tableKey;
        counted[key]++;
        target[e + 1] = value;
        label[e + 1] = byKey + key;
        if (!areBorrowed) counted[value]++;
      }
      if (node === NO_NODE) continue;
      start[node] = first;
      end[node] = e;
    }
    this.#length = e;
  }
}
