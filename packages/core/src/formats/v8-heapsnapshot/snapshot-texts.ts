import type { FilePages } from './file-pages.ts';
import { BACKSLASH, QUOTE } from './json-bytes.ts';
import type { StringTable } from './string-table.ts';

const TEXTS_KEPT = 1024;
const LONGEST_KEPT = 256;
/** The longest way to write one character: an escape of its code. */
const LONGEST_ESCAPE_BYTES = 6;

/** The strings of a snapshot, decoded when somebody asks. A few short ones are kept. */
export class SnapshotTexts {
  readonly #table: StringTable;
  readonly #pages: FilePages;
  readonly #decoder = new TextDecoder();
  readonly #kept = new Map<number, string>();

  constructor(table: StringTable, pages: FilePages) {
    this.#table = table;
    this.#pages = pages;
  }

  get count(): number {
    return this.#table.count;
  }

  /** One whole string. */
  text(index: number): string {
    const known = this.#kept.get(index);
    if (known !== undefined) return known;
    const start = this.#table.start(index);
    const text = this.#decode(this.#pages.bytes(start, this.#table.start(index + 1)), false);
    if (text.length <= LONGEST_KEPT) {
      if (this.#kept.size === TEXTS_KEPT) this.#kept.clear();
      this.#kept.set(index, text);
    }
    return text;
  }

  /** The first `most` characters of a string at the most, with the sign of what is missing; reads no more than it shows. */
  beginning(index: number, most: number): string {
    const start = this.#table.start(index);
    const end = this.#table.start(index + 1);
    const enough = start + 1 + (most + 2) * LONGEST_ESCAPE_BYTES;
    const text = end <= enough ? this.text(index) : this.#decode(this.#pages.bytes(start, enough), true);
    if (text.length <= most) return text;
    // Not between the halves of a surrogate pair.
    const last = text.charCodeAt(most - 1);
    return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most)}…`;
  }

  /** `bytes` begin with the opening quote; the closing one is the last in them, unless the text is cut off. */
  #decode(bytes: Uint8Array, isCut: boolean): string {
    let end = isCut ? bytes.length : bytes.lastIndexOf(QUOTE);
    if (isCut) end -= cutOffBytes(bytes);
    const inner = bytes.subarray(1, end);
    const text = this.#decoder.decode(inner);
    if (!inner.includes(BACKSLASH)) return text;
    try {
      return JSON.parse(`"${text}"`) as string;
    } catch {
      // An escape that is none: shown as it stands.
      return text;
    }
  }
}

/** How many of the last bytes may be the beginning of an escape or of a character of several bytes. */
function cutOffBytes(bytes: Uint8Array): number {
  for (let back = 1; back < LONGEST_ESCAPE_BYTES; back++) {
    const at = bytes.length - back;
    if (bytes[at] === BACKSLASH && isEscape(bytes, at)) return back;
    if (bytes[at] >= 0xc0) return back;
  }
  return 0;
}

/** Whether the backslash at `at` begins an escape, rather than being itself escaped. */
function isEscape(bytes: Uint8Array, at: number): boolean {
  let before = at;
  while (before > 0 && bytes[before - 1] === BACKSLASH) before--;
  return (at - before) % 2 === 0;
}
