import type { ByteWindow } from './byte-window.ts';
import { describeByte, isSpace, ZERO } from './json-bytes.ts';
import { SnapshotNumberError, SnapshotTruncatedError } from './snapshot-errors.ts';

const POINT = 0x2e;
const SMALL_E = 0x65;
const CAPITAL_E = 0x45;

/** Reads whole numbers and what stands between them, exactly, however they are spaced. The slow way. */
export class NumberTokens {
  readonly #window: ByteWindow;
  /** The list that is read, for messages. */
  readonly #name: string;

  constructor(window: ByteWindow, name: string) {
    this.#window = window;
    this.#name = name;
  }

  /** The next byte that is no space, left unread. */
  peek(): number {
    const window = this.#window;
    for (;;) {
      if (window.lo >= window.hi && !window.fill()) throw new SnapshotTruncatedError(`"${this.#name}"`, window.offset);
      const byte = window.bytes[window.lo];
      if (!isSpace(byte)) return byte;
      window.lo++;
    }
  }

  number(): number {
    const window = this.#window;
    const start = window.offset;
    let value = 0;
    for (;;) {
      if (window.lo >= window.hi && !window.fill()) throw new SnapshotTruncatedError(`"${this.#name}"`, window.offset);
      const byte = window.bytes[window.lo];
      const digit = byte - ZERO;
      if (digit >>> 0 > 9) {
        if (window.offset === start || byte === POINT || byte === SMALL_E || byte === CAPITAL_E) throw this.foreign(byte);
        return value;
      }
      value = value * 10 + digit;
      if (value > Number.MAX_SAFE_INTEGER) throw new SnapshotNumberError(`"${this.#name}"`, 'a greater one', start);
      window.lo++;
    }
  }

  /** The error for a byte that is next and has no place here. */
  foreign(byte: number): SnapshotNumberError {
    return new SnapshotNumberError(`"${this.#name}"`, describeByte(byte), this.#window.offset);
  }
}
