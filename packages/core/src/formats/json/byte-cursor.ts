import type { ByteSource } from '../byte-source.ts';

/** Stands for "no byte": the end of the file. */
export const END = -1;

/** A file read forwards, byte by byte, through one buffer that is used again and again. */
export class ByteCursor {
  readonly #source: ByteSource;
  readonly buffer: Uint8Array;
  /** `buffer[lo .. hi]` are unread. */
  lo = 0;
  hi = 0;
  /** Where in the file `buffer[hi]` belongs. */
  #position = 0;

  constructor(source: ByteSource, pieceBytes: number) {
    this.#source = source;
    this.buffer = new Uint8Array(pieceBytes);
  }

  /** Where in the file `buffer[lo]` belongs. */
  get position(): number {
    return this.#position - (this.hi - this.lo);
  }

  /** The next byte, which stays unread; END after the last. */
  peek(): number {
    return this.lo < this.hi || this.fill() ? this.buffer[this.lo] : END;
  }

  /** Replaces the buffer by the next piece of the file. For when all is read; false at the end. */
  fill(): boolean {
    this.lo = 0;
    this.hi = this.#source.read(this.buffer, this.#position);
    this.#position += this.hi;
    return this.hi > 0;
  }
}
