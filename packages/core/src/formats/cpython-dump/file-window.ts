import type { ByteSource } from '../byte-source.ts';

const WINDOW_BYTES = 2 ** 20;

/** A file seen through a buffer: many small looks cost one read. What a look returns is good until the next one. */
export class FileWindow {
  readonly sizeBytes: number;
  readonly #source: ByteSource;
  #buffer = new Uint8Array();
  #position = 0;
  #filled = 0;

  constructor(source: ByteSource) {
    this.#source = source;
    this.sizeBytes = source.sizeBytes;
  }

  /** The bytes at a place, or undefined where the file ends before. */
  at(position: number, length: number): Uint8Array | undefined {
    if (position < this.#position || position + length > this.#position + this.#filled) this.#fill(position, length);
    const start = position - this.#position;
    return start + length <= this.#filled ? this.#buffer.subarray(start, start + length) : undefined;
  }

  #fill(position: number, length: number): void {
    const room = Math.min(Math.max(WINDOW_BYTES, length), Math.max(0, this.sizeBytes - position));
    if (this.#buffer.length < room) this.#buffer = new Uint8Array(room);
    this.#position = position;
    this.#filled = 0;
    while (this.#filled < room) {
      const read = this.#source.read(this.#buffer.subarray(this.#filled, room), position + this.#filled);
      if (read === 0) break; // shorter than it was
      this.#filled += read;
    }
  }
}
