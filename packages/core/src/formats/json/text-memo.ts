/** Direct-mapped: a power of two. */
const PLACES = 2048;
/** Longer texts are seldom met again. */
const LONGEST_BYTES = 160;

/**
 * Texts that were decoded before, found by their bytes: in files that repeat keys, names and files a thousand times, making
 * strings is most of the work. Of bounded size: a later text takes the place of an earlier one.
 */
export class TextMemo {
  readonly #texts = new Array<string>(PLACES).fill('');
  readonly #lengths = new Uint8Array(PLACES);
  readonly #bytes = new Uint8Array(PLACES * LONGEST_BYTES);

  /** `bytes[0 .. length]` as a text, made by `decode` if it is not known. */
  get(bytes: Uint8Array, length: number, decode: () => string): string {
    if (length === 0) return '';
    if (length > LONGEST_BYTES) return decode();
    const place = hashOf(bytes, length) & (PLACES - 1);
    if (this.#lengths[place] === length && this.#isAt(place, bytes, length)) return this.#texts[place];
    const text = decode();
    this.#texts[place] = text;
    this.#lengths[place] = length;
    this.#bytes.set(bytes.subarray(0, length), place * LONGEST_BYTES);
    return text;
  }

  #isAt(place: number, bytes: Uint8Array, length: number): boolean {
    const known = this.#bytes;
    const start = place * LONGEST_BYTES;
    for (let at = 0; at < length; at++) if (known[start + at] !== bytes[at]) return false;
    return true;
  }
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, length: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < length; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
  return hash ^ (hash >>> 15);
}
