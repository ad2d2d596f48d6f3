import { GrowingUint32 } from '../../graph/growing-column.ts';

/** Which places a script has: a place that it has not was counted in another text. Four bytes a line. */
export class LineLengths {
  /** Without the newline, in bytes: never less than in UTF-16 units. */
  readonly #lengths: Uint32Array;

  constructor(script: Uint8Array) {
    const lengths = new GrowingUint32();
    let start = 0;
    for (let at = 0; at <= script.length; at++) {
      if (at < script.length && script[at] !== 0x0a && script[at] !== 0x0d) continue;
      lengths.push(at - start);
      if (script[at] === 0x0d && script[at + 1] === 0x0a) at++;
      start = at + 1;
    }
    this.#lengths = lengths.finish();
  }

  get count(): number {
    return this.#lengths.length;
  }

  /** @param line from 1 on @param column from 1 on; right behind the last character is still in the line */
  has(line: number, column: number | undefined): boolean {
    return line <= this.#lengths.length && (column === undefined || column <= this.#lengths[line - 1] + 1);
  }
}
