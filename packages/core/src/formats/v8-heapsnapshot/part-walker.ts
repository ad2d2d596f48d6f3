import type { ByteWindow } from './byte-window.ts';
import { CLOSE_BRACE, COLON, COMMA, describeByte, isSpace, OPEN_BRACE, OPEN_LIST, QUOTE } from './json-bytes.ts';
import { SnapshotNotJsonError, SnapshotTruncatedError } from './snapshot-errors.ts';

const LONGEST_KEY_BYTES = 200;

/** Goes from part to part of the object that a snapshot is. Whoever uses it reads or skips the value of each. */
export class PartWalker {
  readonly #window: ByteWindow;
  #isBegun = false;

  constructor(window: ByteWindow) {
    this.#window = window;
  }

  /** Name of the next part; its value is what comes next in the window. Undefined behind the last one. */
  next(): string | undefined {
    const window = this.#window;
    if (!this.#isBegun) this.#expect(OPEN_BRACE, 'an object with "snapshot" and "nodes"');
    else {
      const byte = this.#peek('the end of the file');
      if (byte !== COMMA && byte !== CLOSE_BRACE) throw this.#foreign('a comma or the closing brace');
      window.lo++;
      if (byte === CLOSE_BRACE) return undefined;
    }
    this.#isBegun = true;
    const key = this.#key();
    this.#expect(COLON, `a colon after "${key}"`);
    this.#peek(`"${key}"`);
    return key;
  }

  /** Goes into the list that the value is, if it is one, and returns where its first row begins. */
  enterList(): number | undefined {
    const window = this.#window;
    if (window.bytes[window.lo] !== OPEN_LIST) return undefined;
    window.lo++;
    return window.offset;
  }

  #key(): string {
    const window = this.#window;
    this.#expect(QUOTE, 'the name of a part of the snapshot');
    let key = '';
    for (;;) {
      if (window.lo >= window.hi && !window.fill()) throw new SnapshotTruncatedError('the name of a part', window.offset);
      const byte = window.bytes[window.lo];
      if (byte === QUOTE) break;
      if (byte < 0x20 || byte > 0x7e || key.length === LONGEST_KEY_BYTES) throw this.#foreign('the name of a part of the snapshot');
      key += String.fromCharCode(byte);
      window.lo++;
    }
    window.lo++;
    return key;
  }

  /** The next byte that is no space, left unread. */
  #peek(within: string): number {
    const window = this.#window;
    for (;;) {
      if (window.lo >= window.hi && !window.fill()) throw new SnapshotTruncatedError(within, window.offset);
      const byte = window.bytes[window.lo];
      if (!isSpace(byte)) return byte;
      window.lo++;
    }
  }

  #expect(byte: number, what: string): void {
    if (this.#peek(what) !== byte) throw this.#foreign(what);
    this.#window.lo++;
  }

  #foreign(expected: string): SnapshotNotJsonError {
    const window = this.#window;
    return new SnapshotNotJsonError(expected, describeByte(window.bytes[window.lo]), window.offset);
  }
}
