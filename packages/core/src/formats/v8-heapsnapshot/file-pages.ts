import type { ByteSource } from '../byte-source.ts';

const PAGE_BYTES = 1 << 16;
const PAGES_KEPT = 32;

/** Small reads all over a file, through a few pages that are kept. What is handed out is valid until the next call. */
export class FilePages {
  readonly #source: ByteSource;
  /** A page lives at its number modulo PAGES_KEPT. */
  readonly #pages: (Uint8Array | undefined)[] = [];
  readonly #numbers = new Float64Array(PAGES_KEPT).fill(-1);

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** Bytes `[start, end[` of the file; fewer where it ends before. */
  bytes(start: number, end: number): Uint8Array {
    const first = Math.floor(start / PAGE_BYTES);
    if (end <= (first + 1) * PAGE_BYTES) {
      const at = first * PAGE_BYTES;
      return this.#page(first).subarray(start - at, end - at);
    }
    const bytes = new Uint8Array(Math.min(end, this.#source.sizeBytes) - start);
    return bytes.subarray(0, this.#source.read(bytes, start));
  }

  #page(number: number): Uint8Array {
    const slot = number % PAGES_KEPT;
    let page = this.#pages[slot];
    if (page === undefined || this.#numbers[slot] !== number) {
      page = page?.length === PAGE_BYTES ? page : new Uint8Array(PAGE_BYTES);
      const count = this.#source.read(page, number * PAGE_BYTES);
      this.#pages[slot] = page = page.subarray(0, count);
      this.#numbers[slot] = number;
    }
    return page;
  }
}
