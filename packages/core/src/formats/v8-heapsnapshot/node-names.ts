import type { ReadBackRows } from './read-back.ts';
import type { SnapshotTexts } from './snapshot-texts.ts';

/** Which columns of the nodes are read back, in this order. */
export const READ_BACK_NAME = 0;
export const READ_BACK_SELF_SIZE = 1;

/** What the file says of single nodes and is not kept in memory. */
export class NodeNames {
  readonly #rows: ReadBackRows;
  readonly #texts: SnapshotTexts;

  constructor(rows: ReadBackRows, texts: SnapshotTexts) {
    this.#rows = rows;
    this.#texts = texts;
  }

  /** Index of the string. */
  index(node: number): number {
    return this.#rows.at(node, READ_BACK_NAME);
  }

  name(node: number): string {
    return this.#texts.text(this.index(node));
  }

  /** The beginning of it, for names that are whole texts of the program. */
  beginning(node: number, most: number): string {
    return this.#texts.beginning(this.index(node), most);
  }

  /** The node's own size before anything was moved to its owner; saturated at 2^32 - 1. */
  selfSize(node: number): number {
    return this.#rows.at(node, READ_BACK_SELF_SIZE);
  }
}
