import { END, type ByteCursor } from './byte-cursor.ts';
import { JsonCutOffError, JsonSyntaxError } from './json-errors.ts';
import { TextMemo } from './text-memo.ts';

/** Names, files and the text of small scripts fit many times over. */
const MOST_BYTES = 2 ** 24;

/** One text of a JSON file at a time: first its bytes, and only when asked for the text. */
export class TextCollector {
  #bytes = new Uint8Array(256);
  #length = 0;
  #isEscaped = false;
  #isAscii = true;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #memo = new TextMemo();

  /** Reads from the opening quote to behind the closing one. */
  read(cursor: ByteCursor): void {
    const began = cursor.position;
    this.#length = 0;
    this.#isEscaped = false;
    this.#isAscii = true;
    cursor.lo++;
    for (;;) {
      if (cursor.peek() === END) throw new JsonCutOffError('the closing quote of a text', cursor.position);
      const end = this.#scan(cursor);
      this.#take(cursor.buffer.subarray(cursor.lo, end), began);
      cursor.lo = end;
      if (end === cursor.hi) continue;
      const byte = cursor.buffer[end];
      if (byte < 0x20) throw new JsonSyntaxError('a control character to be escaped in a text', `the byte ${byte}`, cursor.position);
      cursor.lo++;
      if (byte === 0x22) return;
      this.#takeEscape(cursor, began);
    }
  }

  /** @param at where the text began, for messages. */
  decode(at: number): string {
    return this.#memo.get(this.#bytes, this.#length, () => this.#decode(at));
  }

  #decode(at: number): string {
    const bytes = this.#bytes.subarray(0, this.#length);
    const text = this.#isAscii && bytes.length < 64 ? String.fromCharCode(...bytes) : this.#decoder.decode(bytes);
    if (!this.#isEscaped) return text;
    try {
      return JSON.parse(`"${text}"`) as string;
    } catch {
      throw new JsonSyntaxError('escapes of JSON in a text', 'another one', at);
    }
  }

  /** The next byte that is no plain character: quote, backslash, control character, or the end of the buffer. */
  #scan({ buffer, lo, hi }: ByteCursor): number {
    let union = 0;
    let end = lo;
    for (; end < hi; end++) {
      const byte = buffer[end];
      if (byte === 0x22 || byte === 0x5c || byte < 0x20) break;
      union |= byte;
    }
    if (union >= 0x80) this.#isAscii = false;
    return end;
  }

  /** The backslash has been read. What follows is held against the rules here, so that a text nobody asks for is valid too. */
  #takeEscape(cursor: ByteCursor, began: number): void {
    this.#isEscaped = true;
    const byte = cursor.peek();
    const at = cursor.position;
    if (byte === END) throw new JsonCutOffError('the rest of an escape', at);
    if (!ESCAPABLE.includes(String.fromCharCode(byte))) throw new JsonSyntaxError('an escape of JSON', `'\\' and the byte ${byte}`, at - 1);
    this.#take(Uint8Array.of(0x5c, byte), began);
    cursor.lo++;
    if (byte !== 0x75) return;
    for (let digit = 0; digit < 4; digit++) {
      const hex = cursor.peek();
      if (hex === END) throw new JsonCutOffError('the rest of an escape', cursor.position);
      if (!HEX.includes(String.fromCharCode(hex))) throw new JsonSyntaxError('four hexadecimal digits', `the byte ${hex}`, cursor.position);
      this.#take(Uint8Array.of(hex), began);
      cursor.lo++;
    }
  }

  #take(bytes: Uint8Array, began: number): void {
    const length = this.#length + bytes.length;
    if (length > MOST_BYTES) throw new JsonSyntaxError(`a text of at most ${MOST_BYTES} bytes`, 'a longer one', began);
    if (length > this.#bytes.length) {
      const more = new Uint8Array(Math.max(length, this.#bytes.length * 2));
      more.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = more;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
  }
}

const ESCAPABLE = '"\\/bfnrtu';
const HEX = '0123456789abcdefABCDEF';
