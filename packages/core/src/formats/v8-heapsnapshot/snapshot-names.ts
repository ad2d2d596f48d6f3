import { InternedNames, type NameTable } from '../../graph/name-table.ts';
import type { SnapshotTexts } from './snapshot-texts.ts';

/** Names of references by number. Only what was asked for is in the table: most strings of a snapshot never become a label. */
export class SnapshotNames implements NameTable {
  readonly #texts: SnapshotTexts;
  readonly #interned = new InternedNames();
  /** Number of a string's text and one, once it was asked for. */
  #idByString: Uint32Array | undefined;

  constructor(texts: SnapshotTexts) {
    this.#texts = texts;
  }

  intern(text: string): number {
    return this.#interned.intern(text);
  }

  text(id: number): string {
    return this.#interned.text(id);
  }

  /** Number of the text of a string of the file. */
  ofString(index: number): number {
    this.#idByString ??= new Uint32Array(this.#texts.count);
    let id = this.#idByString[index] - 1;
    if (id < 0) {
      id = this.#interned.intern(this.#texts.text(index));
      this.#idByString[index] = id + 1;
    }
    return id;
  }
}
