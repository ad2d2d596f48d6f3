import { EphemeronName } from './ephemeron-name.ts';
import { EphemeronTable } from './ephemeron-table.ts';
import { EPHEMERON_NAME, KNOWN_NAMES, UNKNOWN_NAME } from './known-names.ts';

/** A text longer than this (in bytes of JSON) is no name that V8 gives; V8 itself cuts names at 1,024 characters. */
export const LONGEST_NAME_BYTES = 1 << 14;

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/** Tells V8's own names by their bytes, one call a string: by length and first byte first, which rules out nearly all. */
export class NameRecogniser {
  readonly ephemerons = new EphemeronTable();
  readonly #ephemeron = new EphemeronName();
  readonly #numbersByKey = new Map<number, number[]>();
  readonly #lengths: Uint8Array;
  readonly #texts: Uint8Array[] = [new Uint8Array()];

  constructor() {
    const encoder = new TextEncoder();
    for (const name of KNOWN_NAMES) this.#texts.push(encoder.encode(name));
    this.#lengths = new Uint8Array(Math.max(...this.#texts.map((text) => text.length)) + 1);
    for (const [number, text] of this.#texts.entries()) {
      if (number === 0) continue;
      this.#lengths[text.length] = 1;
      const key = keyOf(text[0], text.length);
      this.#numbersByKey.set(key, [...(this.#numbersByKey.get(key) ?? []), number]);
    }
  }

  /** Number of the name in `bytes[start .. end[`, which is the text between the quotes of a string. */
  numberOf(bytes: Uint8Array, start: number, end: number, string: number): number {
    const length = end - start;
    if (length === 0) return UNKNOWN_NAME;
    const first = bytes[start];
    if (length < this.#lengths.length) {
      if (this.#lengths[length] === 0) return UNKNOWN_NAME;
      for (const number of this.#numbersByKey.get(keyOf(first, length)) ?? [])
        if (isEqual(this.#texts[number], bytes, start)) return number;
      return UNKNOWN_NAME;
    }
    if (first < DIGIT_0 || first > DIGIT_9 || !this.#ephemeron.read(bytes, start, end)) return UNKNOWN_NAME;
    this.ephemerons.add(string, this.#ephemeron);
    return EPHEMERON_NAME;
  }
}

function keyOf(first: number, length: number): number {
  return first * 256 + length;
}

function isEqual(text: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false;
  return true;
}
