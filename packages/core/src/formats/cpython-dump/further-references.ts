import { GrowingUint32 } from '../../graph/growing-column.ts';
import { NodeRanks } from './node-ranks.ts';

/** References that stand apart from the list of their object; `target`, `label` and `flags` of the object of rank r are at `first[r] .. first[r + 1]`. */
export interface SortedReferences {
  /** The objects that have some: few, but for Pythons before 3.9, where each instance holds its class. */
  readonly ranks: NodeRanks;
  readonly first: Uint32Array;
  readonly target: Uint32Array;
  readonly label: Uint32Array;
  readonly flags: Uint8Array;
}

/** Collects references that belong to objects whose lists were read before; they follow these lists, in the order in which they came. */
export class FurtherReferences {
  readonly #source = new GrowingUint32(16);
  readonly #target = new GrowingUint32(16);
  readonly #label = new GrowingUint32(16);
  readonly #flags = new GrowingUint32(16);

  get length(): number {
    return this.#source.length;
  }

  add(source: number, target: number, label: number, flags: number): void {
    this.#source.push(source);
    this.#target.push(target);
    this.#label.push(label);
    this.#flags.push(flags);
  }

  /** A counting sort by source, which keeps the order. */
  sorted(nodeCount: number): SortedReferences | undefined {
    const { length } = this;
    if (length === 0) return undefined;
    const source = this.#source.finish();
    const ranks = new NodeRanks(source, nodeCount);
    const first = new Uint32Array(ranks.count + 1);
    for (let i = 0; i < length; i++) first[ranks.of(source[i]) + 1]++;
    for (let rank = 0; rank < ranks.count; rank++) first[rank + 1] += first[rank];
    const next = first.slice(0, ranks.count);
    const target = new Uint32Array(length);
    const label = new Uint32Array(length);
    const flags = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
      const at = next[ranks.of(source[i])]++;
      target[at] = this.#target.at(i);
      label[at] = this.#label.at(i);
      flags[at] = this.#flags.at(i);
    }
    return { ranks, first, target, label, flags };
  }
}
