import type { ByteSource } from '../byte-source.ts';

/** A row longer than this is no row that V8 writes; the fast readers leave it to the slow one. */
export const LONGEST_ROW_BYTES = 256;
/** As much as may be left unread by a reader that asks for more: a whole name, with room to spare. */
const MOST_KEPT_BYTES = 1 << 15;

/** Room for a piece behind what a reader may keep of the one before; a multiple of 4, for readers that look at whole words. */
export function windowBytes(pieceBytes: number): number {
  return (pieceBytes + MOST_KEPT_BYTES + 7) & ~3;
}

/**
 * The part of a file that is being read, in one buffer used again and again: `bytes[lo .. hi]` are unread, and a zero, which
 * stands for no character of JSON, follows them. Bytes move only in `fill` and `seek`.
 */
export class ByteWindow {
  readonly bytes: Uint8Array;
  readonly #source: ByteSource;
  readonly #pieceBytes: number;
  lo = 0;
  hi = 0;
  /** Where in the file `bytes[hi]` belongs. */
  #position = 0;

  /** `bytes`, of `windowBytes(pieceBytes)`, where a reader has memory of its own. */
  constructor(source: ByteSource, pieceBytes: number, bytes: Uint8Array = new Uint8Array(windowBytes(pieceBytes))) {
    this.#source = source;
    this.#pieceBytes = pieceBytes;
    this.bytes = bytes;
  }

  get sizeBytes(): number {
    return this.#source.sizeBytes;
  }

  /** Where in the file `bytes[lo]` belongs. */
  get offset(): number {
    return this.#position - (this.hi - this.lo);
  }

  /** Where in the file `bytes[index]` belongs. */
  offsetOf(index: number): number {
    return this.#position - (this.hi - index);
  }

  seek(position: number): void {
    const start = this.offsetOf(0);
    if (position >= start && position <= this.#position) {
      this.lo = position - start;
      return;
    }
    this.lo = 0;
    this.hi = 0;
    this.bytes[0] = 0;
    this.#position = position;
  }

  /** Reads one more piece; what is unread stays. False when there was nothing, or no room for anything. */
  fill(): boolean {
    const { bytes, lo } = this;
    if (lo > 0) {
      bytes.copyWithin(0, lo, this.hi);
      this.hi -= lo;
      this.lo = 0;
    }
    const end = Math.min(this.hi + this.#pieceBytes, bytes.length - 4);
    const count = this.#source.read(bytes.subarray(this.hi, end), this.#position);
    this.hi += count;
    this.#position += count;
    bytes[this.hi] = 0;
    return count > 0;
  }

  /** Makes at least `count` bytes readable, if the file has them; false if it has not. */
  has(count: number): boolean {
    while (this.hi - this.lo < count) if (!this.fill()) return false;
    return true;
  }
}
