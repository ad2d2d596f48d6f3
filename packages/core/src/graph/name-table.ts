/** Names by number: equal texts share one id, so that labels and places compare as integers. Grows only. */
export interface NameTable {
  intern(text: string): number;
  /** Throws RangeError for an id that was never given. */
  text(id: number): string;
}

/** A table that starts empty. A format whose file has a table of strings may build on that one instead. */
export class InternedNames implements NameTable {
  readonly #texts: string[] = [];
  readonly #idByText = new Map<string, number>();

  intern(text: string): number {
    let id = this.#idByText.get(text);
    if (id === undefined) {
      id = this.#texts.length;
      this.#texts.push(text);
      this.#idByText.set(text, id);
    }
    return id;
  }

  text(id: number): string {
    const text = this.#texts[id];
    if (text === undefined) throw new RangeError(`name id ${id} should be in [0, ${this.#texts.length}[`);
    return text;
  }

  get size(): number {
    return this.#texts.length;
  }
}
