import { NO_NODE } from './address-index.ts';
import type { PlainLabels, ReferenceColumns } from './reference-columns.ts';

/** Lists up to this length are looked through; longer ones are put in order once, when their names do not come in the order of the references. */
const SHORT_LIST = 64;

/**
 * Gives names to references that an EDGES block listed without. A target held twice is named in order; a name whose target
 * is not in the list is left. Writers name in the order of the references, so one look is nearly always enough; whatever
 * the order, the work stays linear.
 */
export class EdgeNamer {
  readonly #references: ReferenceColumns;
  readonly #unnamed: number;
  readonly #type: number;
  /** Long lists that were put in order: places of each target, the first one last. */
  readonly #sortedByNode = new Map<number, Map<number, number[]>>();

  constructor(references: ReferenceColumns, labels: PlainLabels) {
    this.#references = references;
    this.#unnamed = labels.unnamed;
    this.#type = labels.type;
  }

  /** Names references of the nodes in `owners`: `counts[i]` of them have the next of `targets` and `labels`. */
  name(owners: Uint32Array, ownerCount: number, words: Uint32Array, counts: number, targets: Uint32Array, labels: Uint32Array): void {
    const { start, end, target, label } = this.#references;
    const unnamed = this.#unnamed;
    const type = this.#type;
    let owner = NO_NODE;
    let cursor = 0;
    let stop = 0;
    let n = 0;
    for (let o = 0; o < ownerCount; o++) {
      const nameEnd = n + words[counts + o];
      if (owners[o] === NO_NODE) {
        n = nameEnd;
        continue;
      }
      if (owners[o] !== owner) {
        owner = owners[o];
        cursor = start[owner];
        stop = end[owner];
      }
      for (; n < nameEnd; n++) {
        const wanted = targets[n];
        if (wanted === NO_NODE) continue;
        let e = cursor;
        const far = Math.min(stop, e + SHORT_LIST);
        while (e < far && (target[e] !== wanted || (label[e] !== unnamed && label[e] !== type))) e++;
        if (e === far) e = this.#find(owner, cursor, wanted);
        if (e === NO_NODE) continue;
        label[e] = labels[n]!;
        cursor = e + 1;
      }
    }
  }

  /** The reference where the next ones after the cursor do not have it. */
  #find(owner: number, cursor: number, wanted: number): number {
    const { start, end } = this.#references;
    const first = start[owner];
    const stop = end[owner];
    if (stop - first > SHORT_LIST) return this.#findSorted(owner, wanted);
    for (let e = first; e < cursor; e++) if (this.#isFree(e, wanted)) return e;
    return NO_NODE;
  }

  #findSorted(owner: number, wanted: number): number {
    let byTarget = this.#sortedByNode.get(owner);
    if (byTarget === undefined) this.#sortedByNode.set(owner, (byTarget = this.#sorted(owner)));
    const places = byTarget.get(wanted);
    for (let e = places?.pop(); e !== undefined; e = places?.pop()) if (this.#isFree(e, wanted)) return e;
    return NO_NODE;
  }

  #isFree(edge: number, wanted: number): boolean {
    const { target, label } = this.#references;
    return target[edge] === wanted && (label[edge] === this.#unnamed || label[edge] === this.#type);
  }

  #sorted(owner: number): Map<number, number[]> {
    const { start, end, target } = this.#references;
    const byTarget = new Map<number, number[]>();
    for (let e = end[owner] - 1; e >= start[owner]; e--) {
      const places = byTarget.get(target[e]);
      if (places === undefined) byTarget.set(target[e], [e]);
      else places.push(e);
    }
    return byTarget;
  }
}
