import { ProfileIdTwiceError } from './heap-profile-errors.ts';
import { NO_ID } from './read-tree.ts';

/** From the id of a stack node to its stack: sorted, so that no choice of ids makes it slow. */
export class StackIds {
  readonly #ids: Float64Array;
  /** Stacks that have an id, by rising id. */
  readonly #order: Uint32Array;

  /** Throws ProfileIdTwiceError. */
  constructor(ids: Float64Array, atByte: number) {
    const stacks = Uint32Array.from(ids.keys()).filter((stack) => ids[stack] !== NO_ID);
    this.#ids = ids;
    this.#order = stacks.sort((a, b) => ids[a] - ids[b]);
    for (let at = 1; at < this.#order.length; at++) {
      const id = ids[this.#order[at]];
      if (id === ids[this.#order[at - 1]]) throw new ProfileIdTwiceError(id, atByte);
    }
  }

  /** The stack, or -1 when no node has the id. */
  stackOf(id: number): number {
    const order = this.#order;
    let low = 0;
    let high = order.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#ids[order[middle]];
      if (found === id) return order[middle];
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}
