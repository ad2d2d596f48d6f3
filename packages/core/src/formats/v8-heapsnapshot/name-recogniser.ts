import { EphemeronName } from './ephemeron-name.ts';
import { EphemeronTable } from './ephemeron-table.ts';
import { EPHEMERON_NAME, KNOWN_NAMES, NATIVE_CONTEXT_OF_ORIGIN, UNKNOWN_NAME } from './known-names.ts';

/** A text longer than this (in bytes of JSON) is no name that V8 gives; V8 itself cuts names at 1,024 characters. */
export const LONGEST_NAME_BYTES = 1 << 14;

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
/** Known names are shorter. */
const LENGTHS = 64;

/** Tells V8's own names by their bytes, one call a string: by length and first byte first, which rules out nearly all. */
export class NameRecogniser {
  readonly ephemerons = new EphemeronTable();
  readonly #ephemeron = new EphemeronName();
  readonly #nativeContext = new TextEncoder().encode('system / NativeContext / ');
  readonly #texts: readonly Uint8Array[];
  /** By first byte and length: the first name of that kind, and from each name the next one of its kind. */
  readonly #firstOfKind = new Uint8Array(256 * LENGTHS);
  readonly #nextOfKind = new Uint8Array(KNOWN_NAMES.length + 1);

  constructor() {
    const encoder = new TextEncoder();
    this.#texts = [new Uint8Array(), ...KNOWN_NAMES.map((name) => encoder.encode(name))];
    for (let number = 1; number < this.#texts.length; number++) {
      const text = this.#texts[number];
      const kind = text[0] * LENGTHS + text.length;
      this.#nextOfKind[number] = this.#firstOfKind[kind];
      this.#firstOfKind[kind] = number;
    }
  }

  /** Number of the name in `bytes[start .. end[`, which is the text between the quotes of a string. */
  numberOf(bytes: Uint8Array, start: number, end: number, string: number): number {
    const length = end - start;
    const first = bytes[start];
    if (length < LENGTHS) {
      for (let number = this.#firstOfKind[first * LENGTHS + length]; number !== 0; number = this.#nextOfKind[number])
        if (isEqual(this.#texts[number], bytes, start)) return number;
    }
    if (length > this.#nativeContext.length && first === this.#nativeContext[0])
      return isEqual(this.#nativeContext, bytes, start) ? NATIVE_CONTEXT_OF_ORIGIN : UNKNOWN_NAME;
    if (length < LENGTHS || first < DIGIT_0 || first > DIGIT_9 || !this.#ephemeron.read(bytes, start, end)) return UNKNOWN_NAME;
    this.ephemerons.add(string, this.#ephemeron);
    return EPHEMERON_NAME;
  }
}

function isEqual(text: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false;
  return true;
}
