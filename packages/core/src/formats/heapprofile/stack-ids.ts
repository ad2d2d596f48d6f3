import { firstPlace } from '../../graph/bisection.ts';
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
    const place = firstPlace(0, order.length, (at) => this.#ids[order[at]] < id);
    return place < order.length && this.#ids[order[place]] === id ? order[place] : -1;
  }
}
